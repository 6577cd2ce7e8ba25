-- The difference between the scores after and before, of operations with a PROM on both sides.
select
    'prom_verschil' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    ingreepdatum as peildatum,
    diagnosegroep,
    cast(score_na - score_vooraf as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_ingreep_prom') }}
where is_rond and score_vooraf is not null and score_na is not null

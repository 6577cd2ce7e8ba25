-- Operations around which a PROM is asked, and whether it was filled in before and after. Those of
-- which the time to fill it in is not over do not count yet.
select
    'prom_respons' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    ingreepdatum as peildatum,
    diagnosegroep,
    cast(
        case when score_vooraf is not null and score_na is not null then 1 else 0 end
        as decimal(18, 4)
    ) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_ingreep_prom') }}
where is_rond

-- Diagnoses, measurements and prescriptions by day of registration, and how many of them were
-- available within 24 hours. Which tables take part, and what within 24 hours is, is not decided
-- here: see kerngegeven_onderdeel and fct_beschikbaarheid.
select
    'kerngegevens_binnen_24_uur' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    'TOTAAL' as diagnosegroep,
    cast(sum(case when binnen_24_uur then 1 else 0 end) as decimal(18, 4)) as teller,
    cast(count(*) as decimal(18, 4)) as noemer
from {{ ref('fct_beschikbaarheid') }}
where in_indicator and binnen_24_uur is not null
group by zorgaanbieder_id, pseudo_id, peildatum

-- Persons who wait on the last peildatum of a year, and whether they have care in the meantime.
select
    'wlz_overbrugging' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    sector as diagnosegroep,
    cast(case when heeft_overbrugging then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_wlz_wachtlijst') }}
where is_jaarstand and is_wachtend and heeft_overbrugging is not null

-- Persons on the waiting list on the last peildatum of a year, and whether longer than the norm.
select
    'wlz_boven_streefnorm' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    sector as diagnosegroep,
    cast(case when boven_norm then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_wlz_wachtlijst') }}
where is_jaarstand and boven_norm is not null

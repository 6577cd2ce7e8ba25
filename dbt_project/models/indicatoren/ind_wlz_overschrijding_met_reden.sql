-- Persons who wait longer than the norm on the last peildatum of a year, and whether the reason is
-- on record.
select
    'wlz_overschrijding_met_reden' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    sector as diagnosegroep,
    cast(case when reden_wachten is not null then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_wlz_wachtlijst') }}
where is_jaarstand and boven_norm

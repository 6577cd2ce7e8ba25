-- Persons who wait longer than the norm on the last peildatum of a year, and whether somebody spoke
-- to them lately.
select
    'wlz_overschrijding_met_contact' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    sector as diagnosegroep,
    cast(
        case
            when
                {{ dagen_tussen('laatst_contact', 'peildatum') }} <= {{ var('wlz_contact_dagen') }}
                then 1
            else 0
        end as decimal(18, 4)
    ) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_wlz_wachtlijst') }}
where is_jaarstand and boven_norm

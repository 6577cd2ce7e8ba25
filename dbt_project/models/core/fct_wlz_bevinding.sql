-- What is not right about the waiting list of a day, one row a finding: persons who are on an own
-- list of a care provider only, or who live in a place that does not fit and are not on it; persons
-- who are on both (the own list adds nothing); and statuses that nobody kept up.
select
    case
        when staat_op_wachtlijst then 'WLZ-OOK-OP-SCHADUWLIJST'
        when schaduw_soort = 'doorstroom_niet_passend' then 'WLZ-DOORSTROOM-ONTBREEKT'
        else 'WLZ-ALLEEN-OP-SCHADUWLIJST'
    end as regel_id,
    peildatum,
    pseudo_id,
    zorgaanbieder_id,
    sector,
    cast(null as varchar) as wachtstatus,
    zorgkantoorregio_code
from {{ ref('fct_wlz_schaduwlijst') }}
union all
select
    'WLZ-STATUS-VEROUDERD' as regel_id,
    peildatum,
    pseudo_id,
    zorgaanbieder_id,
    sector,
    wachtstatus,
    zorgkantoorregio_code
from {{ ref('fct_wlz_wachtlijst') }}
where
    is_wachtend
    and wachtdagen > {{ var('wlz_verouderd_dagen') }}
    and coalesce(
        {{ dagen_tussen('laatst_contact', 'peildatum') }} > {{ var('wlz_verouderd_dagen') }}, true
    )

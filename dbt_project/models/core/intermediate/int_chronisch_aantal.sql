-- How many chronic conditions (ref_chronische_aandoening) someone has on a day: rows that follow
-- each other without a gap, for everybody of whom a source of kerngegevens delivered a patient or a
-- diagnosis. Of others nothing is known, not even that there are none. A condition is there from
-- its onset, and at the latest from the day on which it was recorded.
with aandoening as (
    select
        diagnose.pseudo_id,
        diagnose.diagnosegroep,
        min(least(
            coalesce({{ lokale_datum('diagnose.begin_op') }}, diagnose.registratiedatum),
            diagnose.registratiedatum
        )) as sinds
    from {{ ref('fct_diagnose') }} as diagnose
    inner join {{ ref('ref_chronische_aandoening') }} as chronisch
        on diagnose.diagnosegroep = chronisch.diagnosegroep
    where
        coalesce(diagnose.verificatie_status, '') not in ('refuted', 'entered-in-error')
        and diagnose.registratiedatum is not null
    group by diagnose.pseudo_id, diagnose.diagnosegroep
),

bekend as (
    select pseudo_id from {{ ref('int_persoon_sleutel') }}
    union
    select pseudo_id from {{ ref('fct_diagnose') }}
),

dag as (
    select
        pseudo_id,
        date '0001-01-01' as van,
        0 as erbij
    from bekend
    union all
    select
        pseudo_id,
        sinds as van,
        1 as erbij
    from aandoening
),

verandering as (
    select
        pseudo_id,
        van,
        sum(erbij) as erbij
    from dag
    group by pseudo_id, van
)

select
    pseudo_id,
    van,
    coalesce(
        cast(lead(van) over (partition by pseudo_id order by van) - interval 1 day as date),
        date '9999-12-31'
    ) as tot,
    cast(sum(erbij) over (
        partition by pseudo_id
        order by van
        rows between unbounded preceding and current row
    ) as integer) as aantal
from verandering

-- The last value of a person in a year of each measurement that has a target, at the care provider
-- that measured it, for persons with one of the diagnoses the target is for. Which measurement,
-- target and diagnoses are data (ref_streefwaarde).
with streefwaarde as (
    select
        indicator_id,
        code_stelsel,
        code,
        eenheid,
        diagnosegroep,
        cast(ten_hoogste as decimal(18, 4)) as ten_hoogste
    from {{ ref('ref_streefwaarde') }}
),

patient as (
    select
        streefwaarde.indicator_id,
        diagnose.pseudo_id,
        min(diagnose.registratiedatum) as sinds
    from {{ ref('fct_diagnose') }} as diagnose
    inner join streefwaarde
        on diagnose.diagnosegroep = streefwaarde.diagnosegroep
    where coalesce(diagnose.verificatie_status, '') not in ('refuted', 'entered-in-error')
    group by streefwaarde.indicator_id, diagnose.pseudo_id
),

soort as (
    select distinct
        indicator_id,
        code_stelsel,
        code,
        eenheid,
        ten_hoogste
    from streefwaarde
),

meting as (
    select
        soort.indicator_id,
        soort.ten_hoogste,
        meting.pseudo_id,
        meting.zorgaanbieder_id,
        {{ lokale_datum('meting.afgenomen_op') }} as meetdatum,
        meting.afgenomen_op,
        meting.waarde
    from {{ ref('fct_meting') }} as meting
    inner join soort
        on
            meting.code_stelsel = soort.code_stelsel
            and meting.code = soort.code
            and meting.eenheid = soort.eenheid
    where meting.waarde is not null and meting.comparator is null
),

gerangschikt as (
    select
        meting.indicator_id,
        meting.ten_hoogste,
        meting.pseudo_id,
        meting.zorgaanbieder_id,
        meting.meetdatum,
        meting.waarde,
        row_number() over (
            partition by
                meting.indicator_id, meting.pseudo_id, extract(year from meting.meetdatum)
            order by meting.afgenomen_op desc, meting.zorgaanbieder_id asc, meting.waarde asc
        ) as volgnr
    from meting
    inner join patient
        on
            meting.indicator_id = patient.indicator_id
            and meting.pseudo_id = patient.pseudo_id
            and extract(year from patient.sinds) <= extract(year from meting.meetdatum)
)

select
    indicator_id,
    pseudo_id,
    zorgaanbieder_id,
    meetdatum,
    waarde,
    waarde <= ten_hoogste as is_bereikt
from gerangschikt
where volgnr = 1

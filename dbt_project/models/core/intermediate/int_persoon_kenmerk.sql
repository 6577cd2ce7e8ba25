-- Everything said about a person, one row a statement, with the date it was known.
{{ config(materialized='view') }}
with patient as (
    select
        sleutel.pseudo_id,
        patient.geboortejaar,
        case patient.geslacht when 'male' then 'man' when 'female' then 'vrouw' end as geslacht,
        patient.pc4,
        cast(null as varchar) as uzovi,
        {{ lokale_datum('patient.beschikbaar_op') }} as bekend_op
    from {{ ref('stg_fhir_patient') }} as patient
    inner join {{ ref('int_persoon_sleutel') }} as sleutel
        on
            patient.bron_id = sleutel.bron_id
            and patient.resource_sleutel = sleutel.patient_sleutel
),

verzekerde as (
    select
        pseudo_id,
        geboortejaar,
        case geslacht when '1' then 'man' when '2' then 'vrouw' end as geslacht,
        pc4,
        uzovi,
        bekend_op
    from {{ ref('int_verzekerde') }}
),

indicatie as (
    select
        pseudo_id,
        geboortejaar,
        nullif(geslacht, 'onbekend') as geslacht,
        pc4,
        cast(null as varchar) as uzovi,
        afgiftedatum as bekend_op
    from {{ ref('int_wlz_indicatie') }}
),

persoon as (
    select
        pseudo_id,
        geboortejaar,
        geslacht,
        pc4,
        uzovi,
        bekend_op
    from patient
    union
    select
        pseudo_id,
        geboortejaar,
        geslacht,
        pc4,
        uzovi,
        bekend_op
    from verzekerde
    union
    select
        pseudo_id,
        geboortejaar,
        geslacht,
        pc4,
        uzovi,
        bekend_op
    from indicatie
),

kenmerk as (
    select
        pseudo_id,
        'geboortejaar' as kenmerk,
        cast(geboortejaar as varchar) as waarde,
        bekend_op
    from persoon
    union all
    select
        pseudo_id,
        'geslacht' as kenmerk,
        geslacht as waarde,
        bekend_op
    from persoon
    union all
    select
        pseudo_id,
        'pc4' as kenmerk,
        pc4 as waarde,
        bekend_op
    from persoon
    union all
    select
        pseudo_id,
        'uzovi' as kenmerk,
        uzovi as waarde,
        bekend_op
    from persoon
)

select
    pseudo_id,
    kenmerk,
    waarde,
    max(bekend_op) as bekend_op
from kenmerk
where waarde is not null
group by pseudo_id, kenmerk, waarde

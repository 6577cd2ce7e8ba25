-- Everything said about a person, one row a record that tells of them, with the day it was known.
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
)

select
    pseudo_id,
    geboortejaar,
    geslacht,
    pc4,
    uzovi,
    bekend_op
from patient
union all
select
    pseudo_id,
    geboortejaar,
    geslacht,
    pc4,
    uzovi,
    bekend_op
from verzekerde
union all
select
    pseudo_id,
    geboortejaar,
    geslacht,
    pc4,
    uzovi,
    bekend_op
from indicatie

-- From a patient record of a source to the person. Without a BSN the person is bound to the source.
with patient as (
    select
        bron_id,
        resource_sleutel,
        pseudo_id
    from {{ ref('stg_fhir_patient') }}
)

select
    bron_id,
    resource_sleutel as patient_sleutel,
    coalesce(pseudo_id, {{ persoon_in_bron('f', ['bron_id', 'resource_sleutel']) }}) as pseudo_id
from patient

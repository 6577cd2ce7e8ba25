-- Observation x component x coding, newest version.
with {{ fhir_versies(
    'fhir_meting_component',
    [
        'patient_sleutel',
        'status',
        'code_stelsel',
        'code',
        'waarde',
        'eenheid'
    ]
) }}

select
    bron_id,
    levering_id,
    bestand,
    regel,
    resource_sleutel,
    beschikbaar_op,
    eerst_beschikbaar_op,
    profiel,
    patient_sleutel,
    status,
    code_stelsel,
    code,
    waarde,
    eenheid
from geldig

-- Condition x coding, newest version.
with {{ fhir_versies(
    'fhir_diagnose',
    [
        'patient_sleutel',
        'status',
        'contact_sleutel',
        'klinische_status',
        'verificatie_status',
        'code_stelsel',
        'code',
        'begin',
        'geregistreerd_op'
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
    contact_sleutel,
    klinische_status,
    verificatie_status,
    code_stelsel,
    code,
    begin as begin_op,
    geregistreerd_op
from geldig

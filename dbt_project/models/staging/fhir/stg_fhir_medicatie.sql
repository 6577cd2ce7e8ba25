-- MedicationRequest x coding, newest version.
with {{ fhir_versies(
    'fhir_medicatie',
    [
        'patient_sleutel',
        'status',
        'contact_sleutel',
        'intentie',
        'code_stelsel',
        'code',
        'geregistreerd_op',
        'zorgaanbieder_id'
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
    intentie,
    code_stelsel,
    code,
    geregistreerd_op,
    zorgaanbieder_id
from geldig

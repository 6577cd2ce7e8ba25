-- Procedure x coding, newest version.
with {{ fhir_versies(
    'fhir_verrichting',
    [
        'patient_sleutel',
        'status',
        'contact_sleutel',
        'code_stelsel',
        'code',
        'uitgevoerd_op',
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
    code_stelsel,
    code,
    uitgevoerd_op,
    zorgaanbieder_id
from geldig

-- Observation x coding, newest version.
with {{ fhir_versies(
    'fhir_meting',
    [
        'patient_sleutel',
        'status',
        'contact_sleutel',
        'categorie',
        'code_stelsel',
        'code',
        'comparator',
        'waarde',
        'eenheid',
        'waarde_stelsel',
        'waarde_code',
        'afgenomen_op',
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
    categorie,
    code_stelsel,
    code,
    comparator,
    waarde,
    eenheid,
    waarde_stelsel,
    waarde_code,
    afgenomen_op,
    geregistreerd_op,
    zorgaanbieder_id
from geldig

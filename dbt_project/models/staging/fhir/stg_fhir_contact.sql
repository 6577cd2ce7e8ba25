-- Encounter, newest version.
with {{ fhir_versies(
    'fhir_contact',
    [
        'patient_sleutel',
        'status',
        'klasse',
        'soort_stelsel',
        'soort_code',
        'reden_stelsel',
        'reden_code',
        'prioriteit',
        'begin',
        'eind',
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
    klasse,
    soort_stelsel,
    soort_code,
    reden_stelsel,
    reden_code,
    prioriteit,
    begin as begin_op,
    eind as eind_op,
    zorgaanbieder_id
from geldig

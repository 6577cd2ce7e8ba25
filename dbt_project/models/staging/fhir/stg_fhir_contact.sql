-- Encounter, newest version.
{{ fhir_staging(
    'fhir_contact',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'klasse',
        'soort_stelsel',
        'soort_code',
        'reden_stelsel',
        'reden_code',
        'prioriteit',
        'begin',
        'eind',
        'zorgaanbieder_id',
        'klasse_stelsel',
        'aanbieder_sleutel',
        'onderdeel_van_sleutel',
        'zorgepisode_sleutel',
        'locatie_sleutel',
        'herkomst_stelsel',
        'herkomst_code',
        'bestemming_stelsel',
        'bestemming_code'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

-- Provenance x target, newest version.
{{ fhir_staging(
    'fhir_herkomst',
    [
        'doel_sleutel',
        'activiteit_stelsel',
        'activiteit_code',
        'zorgaanbieder_id',
        'uitvoerder_sleutel'
    ]
) }}

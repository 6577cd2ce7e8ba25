-- Organization x type coding, newest version.
{{ fhir_staging(
    'fhir_organisatie',
    [
        'zorgaanbieder_id',
        'ura',
        'uzovi',
        'actief',
        'soort_stelsel',
        'soort_code',
        'onderdeel_van_sleutel'
    ]
) }}

-- Location x type coding, newest version.
{{ fhir_staging(
    'fhir_locatie',
    [
        'zorgaanbieder_id',
        'locatie_status',
        'wijze',
        'soort_stelsel',
        'soort_code',
        'vorm_stelsel',
        'vorm_code',
        'pc4',
        'organisatie_sleutel',
        'onderdeel_van_sleutel'
    ]
) }}

-- Observation x role x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_meting_codering',
    'fhir_meting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'rol',
        'onderdeel_nr',
        'stelsel',
        'code'
    ]
) }}

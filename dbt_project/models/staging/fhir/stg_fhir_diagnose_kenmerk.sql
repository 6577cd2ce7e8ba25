-- Condition x other coded element x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_diagnose_kenmerk',
    'fhir_diagnose',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'code_stelsel',
        'code'
    ]
) }}

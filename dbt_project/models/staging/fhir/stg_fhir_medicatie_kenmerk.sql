-- MedicationRequest x other coded element x coding, newest version.
{{ fhir_staging(
    'fhir_medicatie_kenmerk',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'code_stelsel',
        'code'
    ]
) }}

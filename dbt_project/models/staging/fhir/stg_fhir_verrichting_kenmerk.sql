-- Procedure x other coded element x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_verrichting_kenmerk',
    'fhir_verrichting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'code_stelsel',
        'code'
    ]
) }}

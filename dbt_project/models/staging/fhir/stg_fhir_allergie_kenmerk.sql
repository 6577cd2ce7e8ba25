-- AllergyIntolerance x other coded element x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_allergie_kenmerk',
    'fhir_allergie',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'code_stelsel',
        'code'
    ]
) }}

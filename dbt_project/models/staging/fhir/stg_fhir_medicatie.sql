-- MedicationRequest x coding, newest version.
{{ fhir_staging(
    'fhir_medicatie',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'intentie',
        'code_stelsel',
        'code',
        'zorgaanbieder_id'
    ]
) }}

-- Encounter x diagnosis or reason, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_contact_diagnose',
    'fhir_contact',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'aandoening_sleutel',
        'gebruik_stelsel',
        'gebruik_code',
        'rang'
    ]
) }}

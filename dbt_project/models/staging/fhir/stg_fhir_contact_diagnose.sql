-- Encounter x diagnosis or reason, newest version.
{{ fhir_staging(
    'fhir_contact_diagnose',
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

-- ExplanationOfBenefit x diagnosis x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_toekenning_diagnose',
    'fhir_toekenning',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'diagnose_nr',
        'aandoening_sleutel',
        'rol_code',
        'code_stelsel',
        'code'
    ]
) }}

-- ExplanationOfBenefit x place x amount x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_toekenning_bedrag',
    'fhir_toekenning',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'plaats',
        'regel_index',
        'regel_nr',
        'bedrag_nr',
        'reden_stelsel',
        'reden_code',
        'bedrag',
        'valuta',
        'waarde',
        'categorie_stelsel',
        'categorie_code'
    ]
) }}

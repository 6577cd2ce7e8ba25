-- NutritionOrder x coding of the diet, newest version.
{{ fhir_staging(
    'fhir_voedingsadvies',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'intentie',
        'code_stelsel',
        'code',
        'consistentie_stelsel',
        'consistentie_code',
        'aandoening_sleutel',
        'auteur_sleutel'
    ]
) }}

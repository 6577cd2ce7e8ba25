-- ImmunizationRecommendation x recommendation x coding, newest version.
{{ fhir_staging(
    'fhir_vaccinatie_advies',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'advies_nr',
        'doelziekte_stelsel',
        'doelziekte_code',
        'advies_stelsel',
        'advies_code',
        'reden_stelsel',
        'reden_code',
        'vroegst_op',
        'aanbevolen_op',
        'uiterlijk_op',
        'dosisnummer',
        'code_stelsel',
        'code'
    ]
) }}

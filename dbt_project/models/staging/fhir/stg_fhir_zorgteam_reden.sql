-- CareTeam x reason, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_zorgteam_reden',
    'fhir_zorgteam',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'aandoening_sleutel',
        'code_stelsel',
        'code'
    ]
) }}

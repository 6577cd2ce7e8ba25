-- CareTeam x reason, newest version.
{{ fhir_staging(
    'fhir_zorgteam_reden',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'aandoening_sleutel',
        'code_stelsel',
        'code'
    ]
) }}

-- DiagnosticReport x coding, newest version.
{{ fhir_staging(
    'fhir_verslag',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'categorie_stelsel',
        'categorie_code',
        'code_stelsel',
        'code',
        'onderzocht_op',
        'conclusie_stelsel',
        'conclusie_code',
        'heeft_conclusie',
        'heeft_bijlage',
        'zib_status_code',
        'zorgaanbieder_id',
        'uitvoerder_sleutel',
        'aanvraag_sleutel'
    ]
) }}

-- Media, newest version.
{{ fhir_staging(
    'fhir_beeld',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'soort_stelsel',
        'soort_code',
        'modaliteit_stelsel',
        'modaliteit_code',
        'aanzicht_stelsel',
        'aanzicht_code',
        'lichaamsdeel_stelsel',
        'lichaamsdeel_code',
        'reden_stelsel',
        'reden_code',
        'gemaakt_op',
        'media_type',
        'grootte',
        'heeft_inhoud',
        'uitvoerder_sleutel',
        'aanvraag_sleutel'
    ]
) }}

-- Composition x section, newest version.
{{ fhir_staging(
    'fhir_verslag_samenstelling',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'soort_stelsel',
        'soort_code',
        'categorie_stelsel',
        'categorie_code',
        'beheerder_sleutel',
        'uitvoerder_sleutel',
        'zorgaanbieder_id',
        'onderdeel_nr',
        'onderdeel_stelsel',
        'onderdeel_code',
        'leeg_reden_stelsel',
        'leeg_reden_code',
        'heeft_inhoud',
        'heeft_tekst'
    ]
) }}

-- Procedure x coding, newest version.
{{ fhir_staging(
    'fhir_verrichting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'code_stelsel',
        'code',
        'uitgevoerd_op',
        'zorgaanbieder_id',
        'code_afwezig',
        'uitgevoerd_tot',
        'categorie_stelsel',
        'categorie_code',
        'statusreden_stelsel',
        'statusreden_code',
        'plaats_stelsel',
        'plaats_code',
        'zijde_stelsel',
        'zijde_code',
        'uitkomst_stelsel',
        'uitkomst_code',
        'locatie_sleutel',
        'aanvraag_sleutel',
        'onderdeel_van_sleutel',
        'wilsbekwaam',
        'instemming_stelsel',
        'instemming_code'
    ]
) }}

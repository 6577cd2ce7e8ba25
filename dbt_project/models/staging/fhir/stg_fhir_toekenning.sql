-- ExplanationOfBenefit, newest version.
{{ fhir_staging(
    'fhir_toekenning',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'gebruik',
        'soort_stelsel',
        'soort_code',
        'begin',
        'eind',
        'aanbieder_sleutel',
        'zorgaanbieder_id',
        'verzekeraar_sleutel',
        'uzovi',
        'dekking_sleutel',
        'vestiging_sleutel',
        'aantal_regels',
        'declaratie_sleutel',
        'nummer_sleutel',
        'uitkomst',
        'betaling_code',
        'betaald_op',
        'betaald',
        'betaald_valuta'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

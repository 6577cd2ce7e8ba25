-- Claim, newest version.
{{ fhir_staging(
    'fhir_declaratie',
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
        'nummer_sleutel',
        'prioriteit_code',
        'verwijzing_sleutel',
        'recept_sleutel',
        'voorganger_sleutel',
        'voorganger_code',
        'totaal',
        'totaal_valuta'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

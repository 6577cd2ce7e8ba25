-- Flag x coding, newest version.
{{ fhir_staging(
    'fhir_alert',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'categorie_stelsel',
        'categorie_code',
        'code_stelsel',
        'code',
        'code_afwezig',
        'aandoening_sleutel',
        'begin',
        'eind',
        'auteur_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

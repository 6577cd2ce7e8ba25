-- Consent x coding, newest version.
{{ fhir_staging(
    'fhir_behandelaanwijzing',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'reikwijdte',
        'categorie_stelsel',
        'categorie_code',
        'beslissing',
        'code_stelsel',
        'code',
        'code_afwezig',
        'begin',
        'eind',
        'geverifieerd',
        'geverifieerd_op',
        'aandoening_sleutel',
        'bron_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

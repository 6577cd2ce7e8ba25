-- CarePlan x category coding, newest version.
{{ fhir_staging(
    'fhir_zorgplan',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'intentie',
        'categorie_stelsel',
        'categorie_code',
        'begin',
        'eind',
        'zorgaanbieder_id',
        'uitvoerder_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

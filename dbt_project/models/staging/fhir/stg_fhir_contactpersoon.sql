-- RelatedPerson x coding of the relationship, newest version.
{{ fhir_staging(
    'fhir_contactpersoon',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'actief',
        'code_stelsel',
        'code',
        'begin',
        'eind'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

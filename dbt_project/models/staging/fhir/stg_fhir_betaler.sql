-- Coverage x payor x coding, newest version.
{{ fhir_staging(
    'fhir_betaler',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'betaler_nr',
        'betaler_sleutel',
        'uzovi',
        'code_stelsel',
        'code',
        'zelfbetaler',
        'relatie_stelsel',
        'relatie_code',
        'begin',
        'eind'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

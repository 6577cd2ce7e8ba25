-- Condition x coding, newest version.
{{ fhir_staging(
    'fhir_diagnose',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'klinische_status',
        'verificatie_status',
        'code_stelsel',
        'code',
        'begin'
    ],
    namen={'begin': 'begin_op'}
) }}

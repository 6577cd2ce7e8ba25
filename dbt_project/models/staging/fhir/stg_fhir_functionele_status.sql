-- Observation of functioning or living situation x coding of the value, newest version.
{{ fhir_staging(
    'fhir_functionele_status',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'stelsel',
        'code',
        'waarde_stelsel',
        'waarde_code',
        'waarde',
        'eenheid',
        'waarde_afwezig',
        'begin',
        'eind',
        'hulpmiddel_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

-- Observation of drug, alcohol or tobacco use x coding of the value, newest version.
{{ fhir_staging(
    'fhir_leefstijl',
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
        'eind'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

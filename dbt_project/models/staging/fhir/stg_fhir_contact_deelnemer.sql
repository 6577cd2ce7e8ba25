-- Encounter x participant x coding of the role, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_contact_deelnemer',
    'fhir_contact',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'deelnemer_nr',
        'deelnemer_sleutel',
        'deelnemer_id',
        'begin',
        'eind',
        'rol_stelsel',
        'rol_code'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

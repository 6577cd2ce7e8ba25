-- Encounter x participant x coding of the role, newest version.
{{ fhir_staging(
    'fhir_contact_deelnemer',
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

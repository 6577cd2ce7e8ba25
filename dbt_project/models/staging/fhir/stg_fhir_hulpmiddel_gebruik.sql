-- DeviceUseStatement, newest version.
{{ fhir_staging(
    'fhir_hulpmiddel_gebruik',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'hulpmiddel_sleutel',
        'begin',
        'eind',
        'plaats_stelsel',
        'plaats_code',
        'zijde_stelsel',
        'zijde_code',
        'aandoening_sleutel',
        'informant_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

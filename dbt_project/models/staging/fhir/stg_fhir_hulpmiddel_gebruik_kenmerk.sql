-- DeviceUseStatement x other coded element x coding, newest version.
{{ fhir_staging(
    'fhir_hulpmiddel_gebruik_kenmerk',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'code_stelsel',
        'code'
    ]
) }}

-- Observation x component x coding, newest version.
{{ fhir_staging(
    'fhir_meting_component',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'code_stelsel',
        'code',
        'waarde',
        'eenheid'
    ]
) }}

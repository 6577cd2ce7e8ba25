-- DiagnosticReport x role x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_verslag_codering',
    'fhir_verslag',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'rol',
        'stelsel',
        'code'
    ]
) }}

-- DiagnosticReport x reference, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_verslag_lid',
    'fhir_verslag',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'lid_sleutel'
    ]
) }}

-- Observation x member, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_meting_lid',
    'fhir_meting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'lid_sleutel'
    ]
) }}

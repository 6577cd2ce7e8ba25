-- CarePlan x reference, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_zorgplan_lid',
    'fhir_zorgplan',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort',
        'lid_sleutel'
    ]
) }}

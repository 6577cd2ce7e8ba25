-- Procedure x performer x coding of the function, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_verrichting_uitvoerder',
    'fhir_verrichting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'uitvoerder_nr',
        'uitvoerder_sleutel',
        'uitvoerder_id',
        'namens_sleutel',
        'rol_stelsel',
        'rol_code'
    ]
) }}

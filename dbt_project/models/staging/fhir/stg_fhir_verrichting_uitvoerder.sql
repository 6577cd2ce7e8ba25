-- Procedure x performer x coding of the function, newest version.
{{ fhir_staging(
    'fhir_verrichting_uitvoerder',
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

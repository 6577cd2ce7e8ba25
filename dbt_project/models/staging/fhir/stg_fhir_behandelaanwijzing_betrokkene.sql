-- Consent x actor x coding of the role, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_behandelaanwijzing_betrokkene',
    'fhir_behandelaanwijzing',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'betrokkene_nr',
        'betrokkene_sleutel',
        'betrokkene_id',
        'rol_stelsel',
        'rol_code'
    ]
) }}

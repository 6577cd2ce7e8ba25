-- Consent x actor x coding of the role, newest version.
{{ fhir_staging(
    'fhir_behandelaanwijzing_betrokkene',
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

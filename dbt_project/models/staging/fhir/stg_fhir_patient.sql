-- Patient, newest version.
{{ fhir_staging(
    'fhir_patient',
    [
        'pseudo_id',
        'geslacht',
        'geboortejaar',
        'pc4',
        'overleden'
    ]
) }}

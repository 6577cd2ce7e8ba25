-- Medication x coding, newest version.
{{ fhir_staging(
    'fhir_geneesmiddel',
    [
        'status',
        'code_stelsel',
        'code',
        'code_afwezig',
        'vorm_stelsel',
        'vorm_code',
        'inhoud',
        'inhoud_eenheid'
    ]
) }}

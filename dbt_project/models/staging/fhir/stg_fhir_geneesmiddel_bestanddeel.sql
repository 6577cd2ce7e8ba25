-- Medication x ingredient x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_geneesmiddel_bestanddeel',
    'fhir_geneesmiddel',
    [
        'bestanddeel_nr',
        'bestanddeel_sleutel',
        'werkzaam',
        'sterkte_teller',
        'sterkte_teller_eenheid',
        'sterkte_noemer',
        'sterkte_noemer_eenheid',
        'code_stelsel',
        'code'
    ]
) }}

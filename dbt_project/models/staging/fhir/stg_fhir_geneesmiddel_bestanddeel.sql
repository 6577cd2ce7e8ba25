-- Medication x ingredient x coding, newest version.
{{ fhir_staging(
    'fhir_geneesmiddel_bestanddeel',
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

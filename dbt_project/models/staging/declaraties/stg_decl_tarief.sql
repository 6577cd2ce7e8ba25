-- Record 06, each once a message: the money of a prestatie where record 04 has none.
{{ decl_staging(
    'decl_tarief',
    ['bericht_sleutel', 'identificatie'],
    [
        'prestatie_identificatie',
        'soort_tarief',
        'poortspecialisme',
        'specialisme',
        'berekend_cent',
        'bedrag_cent',
        'debet_credit',
        'referentie_sleutel',
        'voorgaande_referentie_sleutel'
    ]
) }}

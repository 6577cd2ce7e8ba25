-- Record 17, each once a message.
{{ decl_staging(
    'decl_tijdsbesteding',
    ['bericht_sleutel', 'identificatie'],
    [
        'prestatie_identificatie',
        'soort_behandelaar',
        'beroep',
        'begindatum',
        'einddatum',
        'tijdseenheid',
        'aantal_direct',
        'aantal_indirect',
        'debet_credit'
    ]
) }}

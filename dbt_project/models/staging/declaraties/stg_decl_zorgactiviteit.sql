-- Record 16, each once a message.
{{ decl_staging(
    'decl_zorgactiviteit',
    ['bericht_sleutel', 'identificatie'],
    [
        'prestatie_identificatie',
        'zorgactiviteitcode',
        'begindatum',
        'einddatum',
        'aantal',
        'tijdseenheid',
        'debet_credit'
    ]
) }}

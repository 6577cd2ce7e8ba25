-- Record 02, each once a message.
{{ decl_staging(
    'decl_verzekerde',
    ['bericht_sleutel', 'identificatie'],
    [
        'pseudo_id',
        'verzekerde_sleutel',
        'uzovi',
        'geboortejaar',
        'geslacht',
        'pc4'
    ]
) }}

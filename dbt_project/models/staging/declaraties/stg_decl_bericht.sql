-- Messages: records 01 and 99 together. The key of a message is the hash of its text, so one that
-- is delivered twice counts once.
{{ decl_staging(
    'decl_bericht',
    ['bericht_sleutel'],
    [
        'standaard',
        'versie',
        'ei_code',
        'uzovi',
        'declarant_id',
        'praktijk',
        'servicebureau',
        'betaling_aan',
        'begindatum',
        'einddatum',
        'factuur_sleutel',
        'dagtekening',
        'totaal_cent'
    ]
) }}

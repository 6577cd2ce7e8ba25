-- Records 04 and 06 that an insurer returned, each once a message: what it grants of them. A record
-- that did not come back was granted as declared.
{{ decl_staging(
    'decl_toekenning',
    ['bericht_sleutel', 'record', 'identificatie'],
    [
        'referentie_sleutel',
        'prestatie_referentie_sleutel',
        'ingediend_cent',
        'toegekend_cent',
        'debet_credit',
        'retourcode_1',
        'retourcode_2',
        'retourcode_3'
    ]
) }}

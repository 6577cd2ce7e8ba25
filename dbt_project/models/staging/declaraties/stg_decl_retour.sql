-- Retour messages of insurers: records 01 and 99 together, each once. What is granted of a
-- declaration is found by declarant_id and factuur_sleutel.
{{ decl_staging(
    'decl_retour',
    ['bericht_sleutel'],
    [
        'standaard',
        'versie',
        'ei_code',
        'heen_standaard',
        'uzovi',
        'declarant_id',
        'factuur_sleutel',
        'dagtekening',
        'retourcode_1',
        'retourcode_2',
        'retourcode_3',
        'ingediend_cent',
        'toegekend_cent'
    ]
) }}

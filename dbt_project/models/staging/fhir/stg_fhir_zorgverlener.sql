-- Practitioner x qualification coding, newest version.
{{ fhir_staging(
    'fhir_zorgverlener',
    [
        'zorgverlener_sleutel',
        'actief',
        'bevoegdheid_stelsel',
        'bevoegdheid_code'
    ]
) }}

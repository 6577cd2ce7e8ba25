-- Patient, newest version.
{{ fhir_staging(
    'fhir_patient',
    [
        'pseudo_id',
        'geslacht',
        'geboortejaar',
        'pc4',
        'overleden',
        'overlijdensjaar',
        'geslacht_stelsel',
        'geslacht_code',
        'geboortedatum_afwezig',
        'geslacht_afwezig',
        'burgerlijke_staat_stelsel',
        'burgerlijke_staat_code',
        'taal_stelsel',
        'taal_code',
        'meerling',
        'actief',
        'vervangen_door_sleutel',
        'huisarts_sleutel',
        'huisarts_id',
        'beheerder_sleutel',
        'zorgaanbieder_id'
    ]
) }}

-- PractitionerRole x specialty coding, newest version.
{{ fhir_staging(
    'fhir_zorgverlener_rol',
    [
        'zorgaanbieder_id',
        'actief',
        'specialisme_stelsel',
        'specialisme_code',
        'rol_stelsel',
        'rol_code',
        'zorgverlener_sleutel',
        'organisatie_sleutel',
        'locatie_sleutel',
        'begin',
        'eind'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

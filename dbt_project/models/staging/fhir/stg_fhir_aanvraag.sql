-- ServiceRequest x coding, newest version.
{{ fhir_staging(
    'fhir_aanvraag',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'intentie',
        'prioriteit',
        'code_stelsel',
        'code',
        'zorgaanbieder_id',
        'code_afwezig',
        'niet_uitvoeren',
        'categorie_stelsel',
        'categorie_code',
        'plaats_stelsel',
        'plaats_code',
        'begin',
        'eind',
        'gevraagd_waarde',
        'gevraagd_stelsel',
        'gevraagd_eenheid',
        'aanvrager_sleutel',
        'uitvoerder_sleutel',
        'vervangt_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

-- Condition x coding, newest version.
{{ fhir_staging(
    'fhir_diagnose',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'klinische_status',
        'verificatie_status',
        'code_stelsel',
        'code',
        'begin',
        'code_afwezig',
        'verificatie_status_zib',
        'categorie_stelsel',
        'categorie_code',
        'ernst_stelsel',
        'ernst_code',
        'plaats_stelsel',
        'plaats_code',
        'zijde_stelsel',
        'zijde_code',
        'begin_afwezig',
        'begin_leeftijd',
        'begin_leeftijd_eenheid',
        'eind',
        'vastgesteld_door_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

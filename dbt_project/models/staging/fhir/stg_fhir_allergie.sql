-- AllergyIntolerance x coding, newest version.
{{ fhir_staging(
    'fhir_allergie',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'klinische_status',
        'verificatie_status',
        'soort',
        'ernst',
        'ernst_stelsel',
        'ernst_code',
        'code_stelsel',
        'code',
        'code_afwezig',
        'begin',
        'begin_afwezig',
        'laatste_reactie_op',
        'vastgesteld_door_sleutel'
    ],
    namen={'begin': 'begin_op'}
) }}

-- AllergyIntolerance x reaction x coding, newest version.
{{ fhir_staging(
    'fhir_allergie_reactie',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'reactie_nr',
        'stof_stelsel',
        'stof_code',
        'ernst',
        'begin',
        'weg_stelsel',
        'weg_code',
        'code_stelsel',
        'code'
    ],
    namen={'begin': 'begin_op'}
) }}

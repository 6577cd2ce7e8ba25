-- AllergyIntolerance x reaction x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_allergie_reactie',
    'fhir_allergie',
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

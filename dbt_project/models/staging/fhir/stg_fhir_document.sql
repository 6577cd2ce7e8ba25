-- DocumentReference x type coding x content, newest version.
{{ fhir_staging(
    'fhir_document',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'document_status',
        'code_stelsel',
        'code',
        'categorie_stelsel',
        'categorie_code',
        'beheerder_sleutel',
        'uitvoerder_sleutel',
        'zorgaanbieder_id',
        'contact_sleutel',
        'gebeurtenis_stelsel',
        'gebeurtenis_code',
        'setting_stelsel',
        'setting_code',
        'instelling_stelsel',
        'instelling_code',
        'begin',
        'eind',
        'inhoud_nr',
        'formaat_stelsel',
        'formaat_code',
        'media_type',
        'taal',
        'grootte',
        'gemaakt_op'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

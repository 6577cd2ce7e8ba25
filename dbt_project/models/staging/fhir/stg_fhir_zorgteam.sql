-- CareTeam x participant x coding of the role, newest version.
{{ fhir_staging(
    'fhir_zorgteam',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'categorie_stelsel',
        'categorie_code',
        'deelnemer_nr',
        'deelnemer_sleutel',
        'deelnemer_type',
        'deelnemer_id',
        'namens_sleutel',
        'deelname_begin',
        'deelname_eind',
        'rol_stelsel',
        'rol_code',
        'begin',
        'eind',
        'beheerder_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

-- EpisodeOfCare x diagnosis, newest version.
{{ fhir_staging(
    'fhir_zorgepisode',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'soort_stelsel',
        'soort_code',
        'aandoening_sleutel',
        'rol_stelsel',
        'rol_code',
        'rang',
        'begin',
        'eind',
        'aanbieder_sleutel',
        'zorgaanbieder_id',
        'regisseur_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

-- CarePlan x activity x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_zorgplan_activiteit',
    'fhir_zorgplan',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'activiteit_nr',
        'code_stelsel',
        'code',
        'activiteit_soort',
        'activiteit_status',
        'status_reden_stelsel',
        'status_reden_code',
        'reden_stelsel',
        'reden_code',
        'begin',
        'eind',
        'niet_doen',
        'hoeveelheid',
        'hoeveelheid_eenheid',
        'dagelijks',
        'dagelijks_eenheid',
        'opdracht_sleutel',
        'uitvoerder_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

-- Questionnaire x item x coding, newest version.
{{ fhir_staging(
    'fhir_vragenlijst_vraag',
    [
        'vragenlijst',
        'vragenlijst_versie',
        'vragenlijst_status',
        'vraag_nr',
        'vraag_id',
        'vraag_soort',
        'vraag_stelsel',
        'vraag_code'
    ]
) }}

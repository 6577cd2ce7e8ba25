-- QuestionnaireResponse x answered item x answer, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_vragenlijst_antwoord',
    'fhir_vragenlijst',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'vragenlijst',
        'vraag_nr',
        'vraag_id',
        'vraag_definitie',
        'antwoord_nr',
        'antwoord_stelsel',
        'antwoord_code',
        'waarde',
        'waarde_tekst',
        'comparator',
        'eenheid_stelsel',
        'eenheid_code',
        'eenheid_tekst',
        'antwoord_ja_nee',
        'antwoord_maand',
        'antwoord_tijd',
        'antwoord_sleutel',
        'niet_gelezen'
    ]
) }}

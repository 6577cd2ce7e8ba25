-- QuestionnaireResponse, newest version.
{{ fhir_staging(
    'fhir_vragenlijst',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'vragenlijst',
        'ingevuld_door_patient',
        'uitvoerder_sleutel',
        'zorgaanbieder_id',
        'aanvraag_sleutel'
    ]
) }}

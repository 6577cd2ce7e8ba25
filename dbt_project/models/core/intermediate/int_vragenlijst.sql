-- Questionnaires that were filled in, each with the reason why it cannot be used; null means
-- accepted.
{{ fhir_met_persoon(
    'vragenlijst', ['contact_sleutel', 'vragenlijst', 'ingevuld_door_patient'], 'cau'
) }}

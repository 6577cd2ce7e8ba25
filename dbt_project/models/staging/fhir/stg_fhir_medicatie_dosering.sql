-- MedicationRequest x dosage x dose, of the valid version of the whole.
{{ fhir_dosering_staging('fhir_medicatie') }}

"""Where deliveries come from: a folder, or a FHIR server that is asked for them."""

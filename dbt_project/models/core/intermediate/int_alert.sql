-- Alerts, one row a coding, each with the reason why it cannot be used; null means accepted.
{{ fhir_met_persoon(
    'alert',
    ['contact_sleutel', 'categorie_stelsel', 'categorie_code', 'code_stelsel', 'code', 'begin_op',
     'eind_op'],
    'c',
    ['categorie_code', 'code_stelsel', 'code']
) }}

-- Care plans, one row a category, each with the reason why it cannot be used; null means accepted.
{{ fhir_met_persoon(
    'zorgplan',
    ['contact_sleutel', 'intentie', 'categorie_stelsel', 'categorie_code', 'begin_op', 'eind_op'],
    'cau',
    ['categorie_stelsel', 'categorie_code']
) }}

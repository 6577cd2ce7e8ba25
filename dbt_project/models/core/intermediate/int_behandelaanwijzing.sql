-- Treatment directives, one row a coding, each with the reason why it cannot be used; null means
-- accepted. They name no care provider.
{{ fhir_met_persoon(
    'behandelaanwijzing',
    ['beslissing', 'code_stelsel', 'code', 'begin_op', 'eind_op'],
    nummer=['code_stelsel', 'code']
) }}

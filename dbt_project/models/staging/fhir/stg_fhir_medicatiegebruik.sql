-- MedicationStatement x coding, newest version.
{{ fhir_staging(
    'fhir_medicatiegebruik',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'code_stelsel',
        'code',
        'code_afwezig',
        'geneesmiddel_sleutel',
        'categorie_stelsel',
        'categorie_code',
        'statusreden_stelsel',
        'statusreden_code',
        'stoptype_stelsel',
        'stoptype_code',
        'reden_stelsel',
        'reden_code',
        'volgens_afspraak',
        'behandeling_sleutel',
        'begin',
        'eind',
        'duur',
        'duur_eenheid',
        'informant_sleutel',
        'afspraak_sleutel'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

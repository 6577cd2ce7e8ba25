-- Claim x item x coding, of the valid version of the whole.
{{ fhir_deel_staging(
    'fhir_declaratie_regel',
    'fhir_declaratie',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'regel_index',
        'regel_nr',
        'diagnose_nr',
        'begin',
        'eind',
        'aantal',
        'prijs',
        'prijs_valuta',
        'factor',
        'bedrag',
        'valuta',
        'contact_sleutel',
        'code_stelsel',
        'code'
    ],
    namen={'begin': 'begin_op', 'eind': 'eind_op'}
) }}

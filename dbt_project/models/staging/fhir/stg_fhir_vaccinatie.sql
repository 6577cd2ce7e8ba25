-- Immunization x coding, newest version.
{{ fhir_staging(
    'fhir_vaccinatie',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'code_stelsel',
        'code',
        'toegediend_op',
        'zorgaanbieder_id',
        'code_afwezig',
        'toegediend_op_afwezig',
        'statusreden_stelsel',
        'statusreden_code',
        'eigen_waarneming',
        'toediening_plaats_stelsel',
        'toediening_plaats_code',
        'weg_stelsel',
        'weg_code',
        'dosis_waarde',
        'dosis_stelsel',
        'dosis_eenheid',
        'dosisnummer',
        'reeks_doses',
        'uitvoerder_sleutel',
        'locatie_sleutel'
    ]
) }}

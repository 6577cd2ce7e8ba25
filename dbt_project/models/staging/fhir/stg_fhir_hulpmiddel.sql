-- Device x coding, newest version.
{{ fhir_staging(
    'fhir_hulpmiddel',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'code_stelsel',
        'code',
        'code_afwezig',
        'udi_uitgever',
        'udi_model',
        'statusreden_stelsel',
        'statusreden_code',
        'gemaakt_op',
        'houdbaar_tot',
        'eigenaar_sleutel'
    ]
) }}

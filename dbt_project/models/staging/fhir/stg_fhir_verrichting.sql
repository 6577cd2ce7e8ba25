-- Procedure x coding, newest version.
{{ fhir_staging(
    'fhir_verrichting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'code_stelsel',
        'code',
        'uitgevoerd_op',
        'zorgaanbieder_id'
    ]
) }}

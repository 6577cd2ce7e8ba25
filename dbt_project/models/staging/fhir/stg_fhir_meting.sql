-- Observation x coding, newest version.
{{ fhir_staging(
    'fhir_meting',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'categorie',
        'code_stelsel',
        'code',
        'comparator',
        'waarde',
        'eenheid',
        'waarde_stelsel',
        'waarde_code',
        'afgenomen_op',
        'zorgaanbieder_id'
    ]
) }}

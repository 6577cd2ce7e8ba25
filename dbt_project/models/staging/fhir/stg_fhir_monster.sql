-- Specimen x coding, newest version.
{{ fhir_staging(
    'fhir_monster',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'code_stelsel',
        'code',
        'afgenomen_op',
        'ontvangen_op',
        'methode_stelsel',
        'methode_code',
        'lichaamsdeel_stelsel',
        'lichaamsdeel_code',
        'herkomst_sleutel',
        'aanvraag_sleutel'
    ]
) }}

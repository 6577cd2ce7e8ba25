-- ImagingStudy x series, newest version.
{{ fhir_staging(
    'fhir_beeldonderzoek',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'contact_sleutel',
        'begonnen_op',
        'studie_sleutel',
        'aantal_series',
        'aantal_beelden',
        'verrichting_stelsel',
        'verrichting_code',
        'reden_stelsel',
        'reden_code',
        'aanvraag_sleutel',
        'locatie_sleutel',
        'serie_sleutel',
        'modaliteit_stelsel',
        'modaliteit_code',
        'lichaamsdeel_stelsel',
        'lichaamsdeel_code',
        'zijde_code',
        'serie_beelden',
        'serie_begonnen_op',
        'uitvoerder_sleutel'
    ]
) }}

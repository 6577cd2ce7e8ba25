-- Observation of substance use x component x coding of the value, newest version.
{{ fhir_staging(
    'fhir_leefstijl_onderdeel',
    [
        'patient_sleutel',
        'patient_pseudo_id',
        'status',
        'onderdeel_nr',
        'stelsel',
        'code',
        'waarde_stelsel',
        'waarde_code',
        'waarde',
        'eenheid',
        'waarde_afwezig'
    ]
) }}

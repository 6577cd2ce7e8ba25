-- Observation on the use of drugs, alcohol or tobacco x component, newest version.
{{ fhir_deel_staging(
    'fhir_leefstijl_onderdeel',
    'fhir_leefstijl',
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

-- Patient, newest version.
with {{ fhir_versies(
    'fhir_patient',
    [
        'pseudo_id',
        'geslacht',
        'geboortejaar',
        'pc4',
        'overleden'
    ]
) }}

select
    bron_id,
    levering_id,
    bestand,
    regel,
    resource_sleutel,
    beschikbaar_op,
    eerst_beschikbaar_op,
    profiel,
    pseudo_id,
    geslacht,
    geboortejaar,
    pc4,
    overleden
from geldig

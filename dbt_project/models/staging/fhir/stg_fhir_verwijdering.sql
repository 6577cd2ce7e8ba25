-- Deletions a source told, each once however often it was delivered.
select distinct
    bron_id,
    resource_sleutel,
    versie_id,
    verwijderd_op
from {{ source('raw', 'fhir_verwijdering') }}

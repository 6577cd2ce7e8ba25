-- Procedures that are used, one row a coding.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as verrichting_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    status,
    code_stelsel,
    code,
    uitgevoerd_op,
    beschikbaar_op,
    bekend_op,
    codering_nr
from {{ ref('int_verrichting') }}
where reden_code is null

-- Prescriptions that are used, one row a coding.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as medicatie_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    status,
    intentie,
    code_stelsel,
    code,
    is_stop,
    begin_op,
    eind_op,
    geregistreerd_op,
    beschikbaar_op,
    bekend_op,
    codering_nr
from {{ ref('int_medicatie') }}
where reden_code is null

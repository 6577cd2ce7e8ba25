-- Diagnoses that are used, one row a coding.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as diagnose_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    klinische_status,
    verificatie_status,
    code_stelsel,
    code,
    diagnosegroep,
    begin_op,
    geregistreerd_op,
    beschikbaar_op,
    bekend_op,
    {{ lokale_datum('coalesce(geregistreerd_op, beschikbaar_op)') }} as registratiedatum,
    codering_nr
from {{ ref('int_diagnose') }}
where reden_code is null

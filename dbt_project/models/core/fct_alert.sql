-- Alerts that are used, one row a coding.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as alert_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    status,
    categorie_code,
    code_stelsel,
    code,
    begin_op,
    eind_op,
    beschikbaar_op,
    bekend_op,
    codering_nr
from {{ ref('int_alert') }}
where reden_code is null

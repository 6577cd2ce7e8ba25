-- Treatment directives that are used, one row a coding.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as behandelaanwijzing_id,
    bron_id,
    pseudo_id,
    status,
    beslissing,
    code_stelsel,
    code,
    begin_op,
    eind_op,
    geregistreerd_op,
    {{ lokale_datum('coalesce(geregistreerd_op, beschikbaar_op)') }} as registratiedatum,
    {{ lokale_datum('eind_op') }} as einddatum,
    beschikbaar_op,
    bekend_op,
    codering_nr
from {{ ref('int_behandelaanwijzing') }}
where reden_code is null

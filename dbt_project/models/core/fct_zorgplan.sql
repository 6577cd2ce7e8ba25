-- Care plans that are used, one row a category.
select
    {{ sleutel(['bron_id', 'resource_sleutel', 'codering_nr']) }} as zorgplan_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    status,
    intentie,
    categorie_stelsel,
    categorie_code,
    begin_op,
    eind_op,
    geregistreerd_op,
    {{ lokale_datum('coalesce(geregistreerd_op, begin_op)') }} as opsteldatum,
    beschikbaar_op,
    bekend_op,
    codering_nr
from {{ ref('int_zorgplan') }}
where reden_code is null

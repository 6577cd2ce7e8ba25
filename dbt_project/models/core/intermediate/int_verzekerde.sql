-- Insured persons as named in declarations, each record with the moment it was known.
with verzekerde as (
    select
        bericht_sleutel,
        pseudo_id,
        verzekerde_sleutel,
        uzovi,
        geboortejaar,
        geslacht,
        pc4
    from {{ ref('stg_decl_verzekerde') }}
),

bericht as (
    select
        bericht_sleutel,
        coalesce(dagtekening, einddatum, begindatum) as bekend_op
    from {{ ref('stg_decl_bericht') }}
)

select
    coalesce(
        verzekerde.pseudo_id,
        {{ persoon_in_bron('v', ['verzekerde.uzovi', 'verzekerde.verzekerde_sleutel']) }}
    ) as pseudo_id,
    verzekerde.uzovi,
    verzekerde.geboortejaar,
    verzekerde.geslacht,
    verzekerde.pc4,
    bericht.bekend_op
from verzekerde
left join bericht
    on verzekerde.bericht_sleutel = bericht.bericht_sleutel
where verzekerde.pseudo_id is not null or verzekerde.verzekerde_sleutel is not null

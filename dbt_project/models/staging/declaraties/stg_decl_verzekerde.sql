-- Record 02, each once a message.
with bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        identificatie,
        pseudo_id,
        verzekerde_sleutel,
        uzovi,
        geboortejaar,
        geslacht,
        pc4,
        {{ rij_getal([
            'pseudo_id',
            'verzekerde_sleutel',
            'uzovi',
            'geboortejaar',
            'geslacht',
            'pc4'
        ]) }} as rij_getal
    from {{ source('raw', 'decl_verzekerde') }}
),

genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        identificatie,
        pseudo_id,
        verzekerde_sleutel,
        uzovi,
        geboortejaar,
        geslacht,
        pc4,
        row_number() over (
            partition by bericht_sleutel, identificatie, rij_getal
            order by bron_id asc, levering_id asc, bestand asc, regel asc
        ) as volgnr
    from bron
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    bericht_sleutel,
    identificatie,
    pseudo_id,
    verzekerde_sleutel,
    uzovi,
    geboortejaar,
    geslacht,
    pc4
from genummerd
where volgnr = 1

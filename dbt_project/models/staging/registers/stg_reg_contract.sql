-- Contracts: a later period replaces an earlier one for the same parties, sector and start date.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        zorgaanbieder_id,
        uzovi,
        sector,
        geldig_van,
        geldig_tot,
        gecontracteerd,
        row_number() over (
            partition by zorgaanbieder_id, uzovi, coalesce(sector, ''), geldig_van
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal(['geldig_tot', 'gecontracteerd']) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_contract') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    zorgaanbieder_id,
    uzovi,
    sector,
    geldig_van,
    geldig_tot,
    gecontracteerd
from genummerd
where volgnr = 1

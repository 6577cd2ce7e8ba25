-- Statements of Wlz-uitvoerders: a later period replaces an earlier one.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        jaar,
        uitvoerder_id,
        leveringsvorm,
        oordeel,
        bedrag_cent,
        row_number() over (
            partition by jaar, uitvoerder_id, leveringsvorm, oordeel
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal([
                    'bedrag_cent'
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_wlz_rechtmatigheid') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    jaar,
    uitvoerder_id,
    leveringsvorm,
    oordeel,
    bedrag_cent
from genummerd
where volgnr = 1

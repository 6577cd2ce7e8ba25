-- Own lists of care providers: a later period replaces an earlier one of the same day.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        zorgaanbieder_id,
        pseudo_id,
        peildatum,
        sector,
        schaduw_soort,
        begin,
        row_number() over (
            partition by zorgaanbieder_id, pseudo_id, peildatum
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal([
                    'sector',
                    'schaduw_soort',
                    'begin'
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_wlz_schaduwlijst') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    sector,
    schaduw_soort,
    begin as begindatum
from genummerd
where volgnr = 1

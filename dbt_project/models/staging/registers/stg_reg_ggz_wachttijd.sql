-- Waits: a later period replaces an earlier one; within a period an ended wait replaces an open
-- one.
-- `bekend_periode` is the first period in which a delivery said exactly this.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        wachtregistratie_sleutel,
        fase,
        pseudo_id,
        zorgaanbieder_id,
        echelon,
        diagnosegroep,
        begin,
        eind,
        min(nullif(periode, 'onbekend')) over (
            partition by
                bron_id,
                wachtregistratie_sleutel,
                fase,
                pseudo_id,
                zorgaanbieder_id,
                echelon,
                diagnosegroep,
                begin,
                eind
        ) as bekend_periode,
        periode,
        row_number() over (
            partition by bron_id, wachtregistratie_sleutel, fase
            order by
                nullif(periode, 'onbekend') desc nulls last,
                eind desc nulls last,
                {{ rij_getal([
                    'pseudo_id',
                    'zorgaanbieder_id',
                    'echelon',
                    'diagnosegroep',
                    'begin',
                    'eind'
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_ggz_wachttijd') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    wachtregistratie_sleutel,
    fase,
    pseudo_id,
    zorgaanbieder_id,
    echelon,
    diagnosegroep,
    begin as begindatum,
    eind as einddatum,
    bekend_periode,
    nullif(periode, 'onbekend') as periode
from genummerd
where volgnr = 1

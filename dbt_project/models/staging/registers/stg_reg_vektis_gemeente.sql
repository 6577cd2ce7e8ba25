-- Vektis open data: identical rows of repeated deliveries count once.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        jaar,
        gemeentenaam,
        geslacht,
        leeftijdsklasse,
        kostensoort,
        aantal_verzekerden,
        verzekerdejaren,
        kosten_cent,
        row_number() over (
            partition by jaar, gemeentenaam, geslacht, leeftijdsklasse, kostensoort
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal([
                    'aantal_verzekerden',
                    'verzekerdejaren',
                    'kosten_cent'
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_vektis_gemeente') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    jaar,
    gemeentenaam,
    geslacht,
    leeftijdsklasse,
    kostensoort,
    aantal_verzekerden,
    verzekerdejaren,
    kosten_cent
from genummerd
where volgnr = 1

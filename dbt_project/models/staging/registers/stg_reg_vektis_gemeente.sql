-- Vektis open data, one row a published row and kind of cost. Of a published row the newest
-- delivery counts as a whole, so that a kind of cost that was renamed is not there twice.
-- `bekend_periode` is the first period in which a delivery said exactly this.
with bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        periode,
        jaar,
        gemeentenaam,
        geslacht,
        leeftijdsklasse,
        kostensoort,
        aantal_verzekerden,
        verzekerdejaren,
        kosten_cent,
        sum({{ rij_getal([
            'kostensoort',
            'aantal_verzekerden',
            'verzekerdejaren',
            'kosten_cent'
        ]) }}) over (partition by bron_id, levering_id, bestand, regel) as record_getal
    from {{ source('raw', 'reg_vektis_gemeente') }}
),

gerangschikt as (
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
        min(nullif(periode, 'onbekend')) over (
            partition by jaar, gemeentenaam, geslacht, leeftijdsklasse, record_getal
        ) as bekend_periode,
        rank() over (
            partition by jaar, gemeentenaam, geslacht, leeftijdsklasse
            order by
                nullif(periode, 'onbekend') desc nulls last,
                record_getal desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgorde
    from bron
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
    kosten_cent,
    bekend_periode
from gerangschikt
where volgorde = 1

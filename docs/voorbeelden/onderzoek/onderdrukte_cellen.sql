-- Vraag: hoeveel cellen van een gepubliceerd extract zijn verborgen, en wat blijft er van de
-- regio's over?
-- Let op: een verborgen cel is leeg, geen nul. Een som over regio's is te laag zodra er een
-- verborgen is: neem voor het land de eigen rij. Zet eerst het bestand: set variable extract =
-- 'publicatie/onderzoek/(versie)/…parquet';
with regio as (
    select
        indicator_id,
        count(*) as cellen,
        count(*) filter (where onderdrukt) as verborgen,
        sum(noemer) as som_van_wat_zichtbaar_is
    from read_parquet(getvariable('extract'))
    where niveau = 'zorgkantoorregio' and uitsplitsing = 'TOTAAL' and periode = '2025'
    group by indicator_id
)

select
    regio.indicator_id,
    regio.cellen,
    regio.verborgen,
    regio.som_van_wat_zichtbaar_is,
    land.noemer as landelijk
from regio
inner join read_parquet(getvariable('extract')) as land
    on
        regio.indicator_id = land.indicator_id and land.niveau = 'landelijk'
        and land.uitsplitsing = 'TOTAAL' and land.periode = '2025'
order by regio.indicator_id;

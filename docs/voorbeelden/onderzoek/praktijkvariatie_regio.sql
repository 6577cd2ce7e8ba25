-- Vraag: welke zorg hangt het meest af van de regio waar iemand woont, ook na correctie?
-- Let op: ver uit elkaar is nog niet te veel of te weinig zorg; de mart zegt niet wat het juiste
-- niveau is.
select
    i.naam as indicator,
    p.n_eenheden,
    p.waarde as landelijke_waarde,
    p.sd_onverklaard,
    p.oe_p10,
    p.oe_p90,
    p.aandeel_buiten
from praktijkvariatie as p
inner join ref_indicator as i
    on p.indicator_id = i.indicator_id and p.definitie_versie = i.definitie_versie
where
    p.niveau = 'zorgkantoorregio' and p.diagnosegroep = 'TOTAAL' and p.periode = '2025'
    and p.sd_onverklaard is not null
order by p.sd_onverklaard desc, i.naam asc
limit 10;

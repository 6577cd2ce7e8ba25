-- Vraag: bij welke behandelingen verschillen zorgaanbieders meer dan hun patiënten en toeval
-- verklaren?
-- Let op: sd_onverklaard is wat overblijft na correctie en zonder toeval; nul kan betekenen dat
-- er te weinig is.
select
    i.naam as behandeling,
    p.n_eenheden,
    p.sd_ruw,
    p.sd_onverklaard,
    p.deel_verklaard,
    p.p90_p10,
    p.aandeel_ver_buiten
from praktijkvariatie as p
inner join ref_indicator as i
    on p.indicator_id = i.indicator_id and p.definitie_versie = i.definitie_versie
where
    p.niveau = 'zorgaanbieder' and p.diagnosegroep = 'TOTAAL' and p.periode = '2025'
    and p.indicator_id like 'praktijkvariatie_%'
order by i.naam;

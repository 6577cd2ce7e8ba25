-- Vraag: in welke regio's groeien de uitgaven aan dure geneesmiddelen harder dan de afspraak
-- toelaat?
-- Let op: groei is de uitgave gedeeld door die van het jaar ervoor; 1,05 is 5% meer. De grens
-- geldt voor het hele land. is_zeker zegt of het hele interval aan één kant van de grens ligt.
select
    m.eenheid_id as zorgkantoorregio_code,
    m.eenheid_naam as zorgkantoorregio,
    m.waarde as groei,
    m.ci_laag,
    m.ci_hoog,
    m.doelwaarde as grens,
    m.waarde - m.doelwaarde as boven_grens,
    m.is_zeker,
    m.akkoord
from iza_monitor as m
where
    m.indicator_id = 'dure_geneesmiddelen_groei' and m.norm_id = 'iza-i32-2026'
    and m.niveau = 'zorgkantoorregio' and m.periode = '2025'
    and m.waarde > m.doelwaarde
order by m.waarde - m.doelwaarde desc, m.eenheid_id asc
limit 10;

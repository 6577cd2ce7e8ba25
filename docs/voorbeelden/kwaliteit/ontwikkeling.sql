-- Vraag: is een cijfer van mijn zorgaanbieder in drie jaar echt veranderd?
-- Let op: gelijk betekent dat het verschil niet van toeval te onderscheiden is, niet dat het
-- precies nul is.
select
    s.periode,
    s.teller,
    s.noemer,
    s.waarde,
    s.ci_laag,
    s.ci_hoog,
    s.verschil,
    s.verschil_laag,
    s.verschil_hoog,
    s.trend,
    s.status
from kwaliteit_spiegel as s
where
    s.indicator_id = 'hartfalen_acute_opname'
    and s.niveau = 'zorgaanbieder' and s.eenheid_id = '06000012'
    and s.uitsplitsing = 'TOTAAL' and s.periode_type = 'jaar'
order by s.periode;

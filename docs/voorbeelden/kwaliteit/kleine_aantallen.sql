-- Vraag: bij welke huisartsenpraktijken is er te weinig om over de bloedsuiker iets te zeggen?
-- Let op: waarde_krimp trekt een waarde naar het verwachte toe, meer naarmate toeval er meer
-- invloed op heeft. Gebruik bij kleine aantallen die waarde en het interval, niet de waarde
-- alleen.
select
    s.eenheid_id as zorgaanbieder_id,
    s.n_personen,
    s.waarde,
    s.ci_laag,
    s.ci_hoog,
    s.waarde_krimp,
    s.volume_voldoende,
    s.funnel_klasse,
    s.status
from kwaliteit_spiegel as s
where
    s.indicator_id = 'hba1c_op_streefwaarde' and s.niveau = 'zorgaanbieder'
    and s.uitsplitsing = 'TOTAAL' and s.periode = '2025'
order by s.eenheid_id;

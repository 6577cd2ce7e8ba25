-- Vraag: hoe staan de cijfers van mijn zorgaanbieder naast wat werd verwacht en naast de norm?
-- Let op: vul bij eenheid_id uw eigen AGB-code in. De klasse zegt of een verschil meer is dan
-- toeval. Een ranglijst staat hier niet en is uit deze cijfers ook niet te maken.
select
    i.naam as indicator,
    s.noemer,
    s.waarde,
    s.ci_laag,
    s.ci_hoog,
    s.referentie_peer,
    s.verwacht,
    s.oe_ratio,
    s.funnel_klasse,
    i.richting,
    s.doelwaarde,
    s.afstand_tot_doel,
    s.dq_score,
    s.status
from kwaliteit_spiegel as s
inner join ref_indicator as i
    on s.indicator_id = i.indicator_id and s.definitie_versie = i.definitie_versie
where
    s.niveau = 'zorgaanbieder' and s.eenheid_id = '06000012'
    and s.uitsplitsing = 'TOTAAL' and s.periode = '2025'
order by i.naam;

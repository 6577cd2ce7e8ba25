-- Vraag: bij welke ggz-aanbieders lukt het mensen binnen de treeknorm te zien, en hoe ver is het
-- doel?
-- Let op: afstand_tot_doel onder nul is nog te gaan. norm_status zegt hoe hard het doel is.
select
    s.eenheid_id as zorgaanbieder_id,
    s.eenheid_naam as zorgaanbieder,
    s.noemer as wachtperioden,
    s.waarde as binnen_treeknorm,
    s.ci_laag,
    s.ci_hoog,
    s.funnel_klasse,
    s.doelwaarde,
    s.norm_status,
    s.afstand_tot_doel
from inkoop_spiegel as s
where
    s.indicator_id = 'ggz_aanmeldwachttijd_treeknorm'
    and s.niveau = 'zorgaanbieder' and s.uitsplitsing = 'TOTAAL' and s.periode = '2025'
order by s.eenheid_id;

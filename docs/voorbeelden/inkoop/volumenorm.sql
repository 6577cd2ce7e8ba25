-- Vraag: in welke regio's is er te weinig darmkankerzorg om ook maar één instelling de
-- volumenorm te laten halen?
-- Let op: de norm geldt per instelling. Een regio die er samen onder blijft kan hem nergens
-- halen; een regio erboven kan hem nog steeds missen. De demoregio is klein: daar haalt niemand
-- de norm van 100.
select
    m.eenheid_id as zorgkantoorregio_code,
    m.eenheid_naam as zorgkantoorregio,
    m.waarde as ingrepen_in_de_regio,
    cast(n.doelwaarde as decimal(18, 6)) as norm_per_instelling,
    n.status as norm_status,
    n.bron as norm_bron,
    m.akkoord
from iza_monitor as m
inner join ref_norm as n on m.indicator_id = n.indicator_id
where
    m.indicator_id = 'volume_darmkankerresectie' and m.niveau = 'zorgkantoorregio'
    and m.periode = '2025' and m.waarde < cast(n.doelwaarde as decimal(18, 6))
order by m.eenheid_id;

-- Vraag: wat kost een patiënt bij elk ziekenhuis, en hoe is daar de kwaliteit?
-- Let op: vergelijk met wat werd verwacht (oe = 1), niet ziekenhuizen onderling: patiënten
-- verschillen. De volgorde is die van de AGB-code; het is geen ranglijst. Een klasse
-- geen_oordeel zegt: te weinig mensen.
with cijfer as (
    select
        indicator_id,
        eenheid_id,
        eenheid_naam,
        waarde,
        oe_ratio,
        funnel_klasse
    from inkoop_spiegel
    where
        niveau = 'zorgaanbieder' and uitsplitsing = 'TOTAAL' and periode = '2025'
        and indicator_id in ('kosten_per_patient', 'heropname_30_dagen', 'hartfalen_acute_opname')
)

select
    kosten.eenheid_id as zorgaanbieder_id,
    kosten.eenheid_naam as zorgaanbieder,
    kosten.waarde as kosten_per_patient_eur,
    kosten.oe_ratio as kosten_oe,
    kosten.funnel_klasse as kosten_klasse,
    heropname.oe_ratio as heropname_oe,
    heropname.funnel_klasse as heropname_klasse,
    hartfalen.oe_ratio as hartfalen_oe,
    hartfalen.funnel_klasse as hartfalen_klasse
from cijfer as kosten
inner join cijfer as heropname
    on kosten.eenheid_id = heropname.eenheid_id and heropname.indicator_id = 'heropname_30_dagen'
inner join cijfer as hartfalen
    on
        kosten.eenheid_id = hartfalen.eenheid_id
        and hartfalen.indicator_id = 'hartfalen_acute_opname'
where kosten.indicator_id = 'kosten_per_patient'
order by kosten.eenheid_id;

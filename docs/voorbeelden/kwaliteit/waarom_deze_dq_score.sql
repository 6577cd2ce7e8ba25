-- Vraag: wat drukt de gegevenskwaliteit achter een cijfer van mijn zorgaanbieder het meest?
-- Let op: de bijdragen samen zijn één min dq_score, op afronding na.
select
    v.regel_id,
    v.bijdrage,
    coalesce(g.dimensie, 'geen eigen gewicht') as dimensie,
    g.uitleg,
    s.dq_score,
    s.status
from dq_verklaring as v
inner join kwaliteit_spiegel as s
    on
        v.indicator_id = s.indicator_id and v.definitie_versie = s.definitie_versie
        and v.niveau = s.niveau and v.eenheid_id = s.eenheid_id
        and v.periode_type = s.periode_type and v.periode = s.periode
left join dq_gewicht as g on v.regel_id = g.regel_id
where
    s.indicator_id = 'kosten_per_patient' and s.niveau = 'zorgaanbieder'
    and s.eenheid_id = '06000001' and s.uitsplitsing = 'TOTAAL' and s.periode = '2025'
    and v.bijdrage > 0
order by v.bijdrage desc, v.regel_id asc;

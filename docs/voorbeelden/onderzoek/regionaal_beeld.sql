-- Vraag: hoe verandert in een regio de bevolking, en wat doet dat met de vraag naar zorg?
-- Let op: de prognose is een rekensom met aannamen over de bevolking; gebruik per mens verandert
-- er niet in.
select
    b.onderwerp,
    b.onderdeel,
    b.periode,
    b.soort,
    b.waarde,
    b.eenheid
from regiobeeld as b
where
    b.zorgkantoorregio_code = 'ZK09'
    and b.onderwerp in ('bevolking', 'zorgbehoefte')
    and b.onderdeel in ('75+', 'TOTAAL')
order by b.onderwerp, b.onderdeel, b.periode;

-- Vraag: waar daalde ziekenhuiszorg die ook in de eerste lijn kan, en wat kwam ervoor in de
-- plaats?
-- Let op: een verandering is altijd ten opzichte van de rest van het land sinds het basisjaar;
-- 0,20 is 20% meer.
select
    s.zorgkantoorregio_code,
    r.regio_naam as zorgkantoorregio,
    s.heeft_afspraak,
    s.verandering_doelzorg,
    s.verandering_eerstelijn,
    s.verandering_overig,
    s.verandering_wlz,
    case
        when s.stille_transitie then 'stille transitie'
        when s.opvuleffect then 'opvuleffect'
        when s.afwenteling then 'afwenteling'
        when s.onderbehandeling then 'onderbehandeling'
        else 'verplaatst volgens afspraak'
    end as wat_gebeurde
from substitutie as s
inner join dim_regio as r
    on s.zorgkantoorregio_code = r.regio_code and r.regio_type = 'zorgkantoorregio'
where s.periode = (select max(laatste.periode) from substitutie as laatste) and s.doelzorg_daalt
order by s.zorgkantoorregio_code;

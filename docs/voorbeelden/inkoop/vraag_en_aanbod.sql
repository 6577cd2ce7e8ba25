-- Vraag: in welke regio's is er meer vraag naar medisch-specialistische zorg dan aanbod, nu en
-- in de prognose?
-- Let op: een gap boven nul is vraag die elders wordt beantwoord. De prognose verandert alleen
-- de bevolking.
select
    nu.zorgkantoorregio_code,
    r.regio_naam as zorgkantoorregio,
    nu.waarde as gap_nu_eur,
    straks.periode as jaar_prognose,
    straks.waarde as gap_straks_eur
from regiobeeld as nu
inner join regiobeeld as straks
    on
        nu.zorgkantoorregio_code = straks.zorgkantoorregio_code
        and nu.onderwerp = straks.onderwerp and nu.onderdeel = straks.onderdeel
inner join dim_regio as r
    on nu.zorgkantoorregio_code = r.regio_code and r.regio_type = 'zorgkantoorregio'
where
    nu.onderwerp = 'gap' and nu.onderdeel = 'msz' and nu.waarde > 0
    and nu.periode = (
        select max(laatste.periode)
        from regiobeeld as laatste
        where laatste.soort = 'realisatie'
    )
    and straks.periode = (select max(laatste.periode) from regiobeeld as laatste)
order by nu.zorgkantoorregio_code;

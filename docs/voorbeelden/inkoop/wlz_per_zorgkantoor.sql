-- Vraag: hoeveel mensen wachten per zorgkantoor langer dan de streefnorm op langdurige zorg?
-- Let op: neem voor het land de rij TOTAAL. Optellen over sectoren, statussen en regio's telt
-- iedereen dubbel.
select
    w.uitvoerder_id,
    w.zorgkantoorregio_code,
    r.regio_naam as zorgkantoorregio,
    w.n_wachtend,
    w.n_boven_norm,
    w.aandeel_boven_norm,
    w.aandeel_overbrugging,
    w.n_wachtend_gecorrigeerd,
    w.volledigheid
from wlz_wachtlijst as w
left join dim_regio as r
    on w.zorgkantoorregio_code = r.regio_code and r.regio_type = 'zorgkantoorregio'
where
    w.peildatum = (select max(laatste.peildatum) from wlz_wachtlijst as laatste)
    and w.sector = 'TOTAAL' and w.wachtstatus = 'TOTAAL'
order by w.uitvoerder_id, w.zorgkantoorregio_code;

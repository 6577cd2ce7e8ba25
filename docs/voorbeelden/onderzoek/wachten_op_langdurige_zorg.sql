-- Vraag: hoe ontwikkelde de wachtlijst van de langdurige zorg zich per sector?
-- Let op: een stand is een momentopname; tel maanden niet op. n_wachtend is de officiële
-- telling, n_wachtend_gecorrigeerd een schatting van wat ontbreekt.
select
    w.sector,
    w.peildatum,
    w.n_wachtend,
    w.aandeel_wachtend,
    w.n_boven_norm,
    w.gemiddelde_wachtdagen,
    w.n_wachtend_gecorrigeerd,
    w.volledigheid
from wlz_wachtlijst as w
where
    w.zorgkantoorregio_code = 'TOTAAL' and w.wachtstatus = 'TOTAAL'
    and w.sector <> 'TOTAAL'
order by w.sector, w.peildatum;

-- Vraag: van wie te lang op langdurige zorg wacht, is van hoeveel de reden bekend en was er
-- onlangs contact?
-- Let op: leeg bij een status zonder streefnorm is niet hetzelfde als nul.
select
    w.sector,
    w.wachtstatus,
    w.n_wachtend,
    w.n_boven_norm,
    w.n_boven_norm_met_reden,
    w.aandeel_boven_norm_met_reden,
    w.n_boven_norm_met_contact,
    w.aandeel_boven_norm_met_contact,
    w.n_status_verouderd
from wlz_wachtlijst as w
where
    w.zorgkantoorregio_code = 'TOTAAL'
    and w.peildatum = (select max(laatste.peildatum) from wlz_wachtlijst as laatste)
order by w.sector, w.wachtstatus;

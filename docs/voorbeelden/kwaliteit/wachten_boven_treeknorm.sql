-- Vraag: welk deel van de mensen die nu op de ggz wachten, wacht al langer dan de treeknorm?
-- Let op: dit gaat over wie nog wacht. De indicatoren van de treeknorm gaan over wie al werd
-- gezien.
select
    w.fase,
    w.peildatum,
    w.n_wachtend,
    w.mediaan_weken,
    w.treeknorm_weken,
    w.n_boven_norm,
    w.aandeel_boven_norm
from wachttijd_ggz as w
where
    w.zorgkantoorregio_code = 'TOTAAL'
    and w.peildatum >= date '2025-01-01'
order by w.fase, w.peildatum;

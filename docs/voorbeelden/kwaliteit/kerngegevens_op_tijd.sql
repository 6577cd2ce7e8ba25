-- Vraag: welke onderdelen van de kerngegevens komen bij mijn zorgaanbieder te laat beschikbaar?
-- Let op: het akkoord vraagt 24 uur na registratie. Wat geen moment heeft, wordt geteld en niet
-- beoordeeld.
select
    t.onderdeel,
    t.n_records,
    t.n_beoordeeld,
    t.n_binnen_24_uur,
    t.aandeel_binnen_24_uur,
    t.mediaan_uren,
    t.p90_uren
from tijdigheid_kerngegevens as t
where
    t.zorgaanbieder_id = '22000002' and t.periode = '2025' and t.periode_type = 'jaar'
    and t.tabel = 'TOTAAL'
order by t.onderdeel;

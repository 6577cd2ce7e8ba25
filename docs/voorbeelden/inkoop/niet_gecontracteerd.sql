-- Vraag: in welke regio's gaan meer mensen naar wijkverpleging of ggz zonder contract dan in het
-- land?
-- Let op: kijk of het hele interval boven het land ligt; een punt alleen kan toeval zijn. Deze
-- cijfers zijn nog een voorstel (akkoord): bruikbaar voor een gesprek, niet om te publiceren.
with land as (
    select
        indicator_id,
        periode,
        waarde
    from iza_monitor
    where niveau = 'landelijk' and norm_id = 'GEEN'
)

select
    regio.indicator_id,
    regio.eenheid_id as zorgkantoorregio_code,
    regio.eenheid_naam as zorgkantoorregio,
    regio.n_personen,
    regio.waarde as aandeel_zonder_contract,
    regio.ci_laag,
    regio.ci_hoog,
    land.waarde as landelijk,
    regio.ci_laag > land.waarde as duidelijk_meer,
    regio.akkoord
from iza_monitor as regio
inner join land
    on regio.indicator_id = land.indicator_id and regio.periode = land.periode
where
    regio.indicator_id in ('niet_gecontracteerd_wijkverpleging', 'niet_gecontracteerd_ggz')
    and regio.niveau = 'zorgkantoorregio' and regio.norm_id = 'GEEN' and regio.periode = '2025'
    and regio.waarde > land.waarde
order by regio.indicator_id, regio.eenheid_id;

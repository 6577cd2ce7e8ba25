-- Persons with a valid indication on the last peildatum of a year, and whether they wait. Half a
-- million of them: the share per sector stands in wlz_wachtlijst and is not spread out here again.
with peildatum as (
    select distinct peildatum
    from {{ ref('fct_wlz_wachtlijst') }}
    where is_jaarstand
)

select
    'wlz_wachtend' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    indicatie.pseudo_id,
    peildatum.peildatum,
    'TOTAAL' as diagnosegroep,
    cast(count(distinct stand.pseudo_id) as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_wlz_indicatie') }} as indicatie
inner join peildatum
    on
        indicatie.ingangsdatum <= peildatum.peildatum
        and coalesce(indicatie.einddatum, peildatum.peildatum) >= peildatum.peildatum
left join {{ ref('fct_wlz_wachtlijst') }} as stand
    on
        indicatie.wlz_indicatie_id = stand.wlz_indicatie_id
        and peildatum.peildatum = stand.peildatum
        and stand.is_wachtend
group by indicatie.pseudo_id, peildatum.peildatum

-- Inhabitants of 65 and older, and whether they had care for a fall in the year: a contact at the
-- GP or the hospital whose reason is a fall. Who falls and seeks no help is not seen.
with val as (
    select distinct
        pseudo_id,
        extract(year from begindatum) as jaar
    from {{ ref('fct_contact') }}
    where
        reden_diagnosegroep = 'valincident'
        and coalesce(status, '') not in ('planned', 'cancelled', 'entered-in-error')
)

select
    'valincident_65plus' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    oudere.pseudo_id,
    make_date(cast(oudere.jaar as integer), 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when val.pseudo_id is not null then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_oudere_jaar') }} as oudere
left join val
    on oudere.pseudo_id = val.pseudo_id and oudere.jaar = val.jaar

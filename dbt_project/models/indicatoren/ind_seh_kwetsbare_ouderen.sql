-- Frail older inhabitants in a year, with their visits to the emergency department (SEH) that were
-- not followed by an admission within a day.
with bezoek as (
    select
        pseudo_id,
        extract(year from begindatum) as jaar,
        count(*) as n_zonder_opname
    from {{ ref('fct_seh_contact') }}
    where not is_opgenomen
    group by pseudo_id, extract(year from begindatum)
)

select
    'seh_kwetsbare_ouderen' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    oudere.pseudo_id,
    make_date(cast(oudere.jaar as integer), 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(coalesce(bezoek.n_zonder_opname, 0) as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_oudere_jaar') }} as oudere
left join bezoek
    on oudere.pseudo_id = bezoek.pseudo_id and oudere.jaar = bezoek.jaar
where oudere.leeftijd >= 75

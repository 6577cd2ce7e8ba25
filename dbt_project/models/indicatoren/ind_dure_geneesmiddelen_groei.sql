-- Net declared euros of add-on medicines in a year against those of the year before: every amount
-- is teller of its own year and noemer of the next. A year without one before or after is left out.
with uitgave as (
    select
        zorgaanbieder_id,
        pseudo_id,
        cast(extract(year from begindatum) as integer) as jaar,
        sum(bedrag_eur) as bedrag_eur
    from {{ ref('fct_prestatie') }}
    where sector = 'msz' and is_add_on
    group by zorgaanbieder_id, pseudo_id, extract(year from begindatum)
),

bekend as (
    select
        min(jaar) as eerste_jaar,
        max(jaar) as laatste_jaar
    from uitgave
),

verschuiving as (
    select 0 as jaren
    union all
    select 1 as jaren
)

select
    'dure_geneesmiddelen_groei' as indicator_id,
    uitgave.zorgaanbieder_id,
    uitgave.pseudo_id,
    make_date(uitgave.jaar + verschuiving.jaren, 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case verschuiving.jaren when 0 then uitgave.bedrag_eur else 0 end as decimal(18, 4))
        as teller,
    cast(case verschuiving.jaren when 1 then uitgave.bedrag_eur else 0 end as decimal(18, 4))
        as noemer
from uitgave
cross join bekend
cross join verschuiving
where uitgave.jaar + verschuiving.jaren between bekend.eerste_jaar + 1 and bekend.laatste_jaar

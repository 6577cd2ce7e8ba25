-- What every rule of data quality costs: per source, care provider, year and fact, and over all
-- facts together, the records it hit and the part of the score it takes.
with per_tabel as (
    select
        bron_id,
        zorgaanbieder_id,
        periode,
        tabel,
        regel_id,
        ernst,
        gewicht,
        count(*) as n_geraakt,
        sum(case when is_zwaarste then 1 else 0 end) as n_fout
    from {{ ref('int_dq_regel') }}
    group by bron_id, zorgaanbieder_id, periode, tabel, regel_id, ernst, gewicht
),

telling as (
    select
        bron_id,
        zorgaanbieder_id,
        periode,
        tabel,
        regel_id,
        ernst,
        gewicht,
        n_geraakt,
        n_fout
    from per_tabel
    union all
    select
        bron_id,
        zorgaanbieder_id,
        periode,
        'TOTAAL' as tabel,
        regel_id,
        ernst,
        gewicht,
        sum(n_geraakt) as n_geraakt,
        sum(n_fout) as n_fout
    from per_tabel
    group by bron_id, zorgaanbieder_id, periode, regel_id, ernst, gewicht
),

totaal as (
    {{ dq_records() }}
)

select
    telling.bron_id,
    telling.zorgaanbieder_id,
    telling.periode,
    telling.tabel,
    telling.regel_id,
    telling.ernst,
    coalesce(regel.dimensie, 'juistheid') as dimensie,
    cast(telling.n_geraakt as bigint) as n_geraakt,
    cast(telling.n_fout as bigint) as n_fout,
    cast(totaal.n_totaal as bigint) as n_totaal,
    cast(telling.gewicht as decimal(18, 6)) as gewicht,
    {{ verhouding('telling.gewicht * telling.n_fout', 'totaal.n_totaal', 9) }} as bijdrage
from telling
inner join totaal
    on
        telling.bron_id = totaal.bron_id
        and telling.zorgaanbieder_id = totaal.zorgaanbieder_id
        and telling.periode = totaal.periode
        and telling.tabel = totaal.tabel
left join {{ ref('dq_gewicht') }} as regel
    on telling.regel_id = regel.regel_id

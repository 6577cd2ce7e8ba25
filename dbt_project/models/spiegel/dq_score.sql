-- The score of data quality: one less what every rule costs, which is its weight times the share of
-- records that count under it.
with totaal as (
    {{ dq_records() }}
),

verlies as (
    select
        bron_id,
        zorgaanbieder_id,
        periode,
        tabel,
        sum(n_fout) as n_fout,
        sum(bijdrage) as bijdrage
    from {{ ref('dq_resultaat') }}
    group by bron_id, zorgaanbieder_id, periode, tabel
)

select
    totaal.bron_id,
    totaal.zorgaanbieder_id,
    totaal.periode,
    totaal.tabel,
    cast(totaal.n_totaal as bigint) as n_totaal,
    cast(coalesce(verlies.n_fout, 0) as bigint) as n_fout,
    cast(round(1 - coalesce(verlies.bijdrage, 0), 6) as decimal(18, 6)) as dq_score
from totaal
left join verlies
    on
        totaal.bron_id = verlies.bron_id
        and totaal.zorgaanbieder_id = verlies.zorgaanbieder_id
        and totaal.periode = verlies.periode
        and totaal.tabel = verlies.tabel

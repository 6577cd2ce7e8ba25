-- Score of data quality per indicator, care provider and year, over the fact tables that the
-- register names for the indicator: every source record of them weighs the same.
with verlies as (
    select
        tabel,
        zorgaanbieder_id,
        periode,
        sum(gewicht * n_fout) as verlies
    from {{ ref('dq_resultaat') }}
    group by tabel, zorgaanbieder_id, periode
),

totaal as (
    select
        tabel,
        zorgaanbieder_id,
        periode,
        sum(n_totaal) as n_totaal
    from {{ ref('int_dq_totaal') }}
    group by tabel, zorgaanbieder_id, periode
)

select
    indicator.indicator_id,
    totaal.zorgaanbieder_id,
    totaal.periode as jaar,
    sum(totaal.n_totaal) as n_totaal,
    {{ verhouding('sum(totaal.n_totaal - coalesce(verlies.verlies, 0))', 'sum(totaal.n_totaal)') }}
        as dq_score
from {{ ref('indicator') }} as indicator
inner join totaal
    on {{ staat_in('totaal.tabel', 'indicator.bron') }}
left join verlies
    on
        totaal.tabel = verlies.tabel
        and totaal.zorgaanbieder_id = verlies.zorgaanbieder_id
        and totaal.periode = verlies.periode
where totaal.zorgaanbieder_id <> 'ONBEKEND'
group by
    indicator.indicator_id,
    totaal.zorgaanbieder_id,
    totaal.periode

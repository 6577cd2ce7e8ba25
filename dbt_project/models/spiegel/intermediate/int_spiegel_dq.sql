-- Score of data quality per indicator, care provider and year, over the fact tables that the
-- register names for the indicator: every source record of them weighs the same. For figures about
-- inhabitants ONBEKEND has that of all of them together.
with verlies as (
    select
        resultaat.tabel,
        toerekening.eenheid_id as zorgaanbieder_id,
        resultaat.periode,
        sum(resultaat.gewicht * resultaat.n_fout) as verlies
    from {{ ref('dq_resultaat') }} as resultaat
    inner join {{ ref('int_dq_toerekening') }} as toerekening
        on
            resultaat.zorgaanbieder_id = toerekening.zorgaanbieder_id
            and resultaat.periode = toerekening.periode
    group by resultaat.tabel, toerekening.eenheid_id, resultaat.periode
),

totaal as (
    select
        bron.tabel,
        toerekening.eenheid_id as zorgaanbieder_id,
        bron.periode,
        sum(bron.n_totaal) as n_totaal
    from {{ ref('int_dq_totaal') }} as bron
    inner join {{ ref('int_dq_toerekening') }} as toerekening
        on
            bron.zorgaanbieder_id = toerekening.zorgaanbieder_id
            and bron.periode = toerekening.periode
    group by bron.tabel, toerekening.eenheid_id, bron.periode
),

per_aanbieder as (
    select
        definitie.definitie_id,
        totaal.zorgaanbieder_id,
        totaal.periode as jaar,
        sum(totaal.n_totaal) as n_totaal,
        sum(totaal.n_totaal - coalesce(verlies.verlies, 0)) as goed
    from {{ ref('int_spiegel_definitie') }} as definitie
    inner join totaal
        on {{ staat_in('totaal.tabel', 'definitie.feiten') }}
    left join verlies
        on
            totaal.tabel = verlies.tabel
            and totaal.zorgaanbieder_id = verlies.zorgaanbieder_id
            and totaal.periode = verlies.periode
    group by
        definitie.definitie_id,
        totaal.zorgaanbieder_id,
        totaal.periode
)

select
    definitie_id,
    zorgaanbieder_id,
    jaar,
    n_totaal,
    {{ verhouding('goed', 'n_totaal') }} as dq_score
from per_aanbieder

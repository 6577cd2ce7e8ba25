-- What pulls the score of data quality of a figure down: per rule the loss of every care provider
-- behind it, weighted by its part of the noemer. Together they are one less the score.
with indicator_regel as (
    select
        definitie.definitie_id,
        toerekening.eenheid_id as zorgaanbieder_id,
        resultaat.periode as jaar,
        resultaat.regel_id,
        sum(resultaat.gewicht * resultaat.n_fout) as verlies
    from {{ ref('int_spiegel_definitie') }} as definitie
    inner join {{ ref('dq_resultaat') }} as resultaat
        on {{ staat_in('resultaat.tabel', 'definitie.feiten') }}
    inner join {{ ref('int_dq_toerekening') }} as toerekening
        on
            resultaat.zorgaanbieder_id = toerekening.zorgaanbieder_id
            and resultaat.periode = toerekening.periode
    group by
        definitie.definitie_id,
        toerekening.eenheid_id,
        resultaat.periode,
        resultaat.regel_id
),

aanbieder_regel as (
    select
        regel.definitie_id,
        regel.zorgaanbieder_id,
        regel.jaar,
        regel.regel_id,
        cast({{ verhouding('regel.verlies', 'kwaliteit.n_totaal', 9) }} as decimal(10, 9)) as deel
    from indicator_regel as regel
    inner join {{ ref('int_spiegel_dq') }} as kwaliteit
        on
            regel.definitie_id = kwaliteit.definitie_id
            and regel.zorgaanbieder_id = kwaliteit.zorgaanbieder_id
            and regel.jaar = kwaliteit.jaar
),

cijfer as (
    select
        groep.definitie_id,
        groep.niveau,
        bron.eenheid_id,
        groep.periode_type,
        groep.periode,
        bron.zorgaanbieder_id,
        cast(bron.noemer as decimal(20, 4)) as noemer,
        sum(bron.noemer) over (partition by bron.groep_nr, bron.eenheid_id) as alle_noemers
    from {{ ref('int_spiegel_aanbieder') }} as bron
    inner join {{ ref('int_spiegel_groep') }} as groep
        on bron.groep_nr = groep.groep_nr
    where groep.uitsplitsing = 'TOTAAL'
),

verlies as (
    select
        cijfer.definitie_id,
        cijfer.niveau,
        cijfer.eenheid_id,
        cijfer.periode_type,
        cijfer.periode,
        cijfer.alle_noemers,
        regel.regel_id,
        cijfer.noemer * regel.deel as verlies
    from cijfer
    inner join aanbieder_regel as regel
        on
            cijfer.definitie_id = regel.definitie_id
            and cijfer.zorgaanbieder_id = regel.zorgaanbieder_id
            and left(cijfer.periode, 4) = regel.jaar
    where regel.deel > 0
    union all
    select
        cijfer.definitie_id,
        cijfer.niveau,
        cijfer.eenheid_id,
        cijfer.periode_type,
        cijfer.periode,
        cijfer.alle_noemers,
        'ZORGAANBIEDER-ONTBREEKT' as regel_id,
        cijfer.noemer as verlies
    from cijfer
    left join {{ ref('int_spiegel_dq') }} as kwaliteit
        on
            cijfer.definitie_id = kwaliteit.definitie_id
            and cijfer.zorgaanbieder_id = kwaliteit.zorgaanbieder_id
            and left(cijfer.periode, 4) = kwaliteit.jaar
    where kwaliteit.dq_score is null
)

select
    definitie.indicator_id,
    definitie.definitie_versie,
    verlies.niveau,
    verlies.eenheid_id,
    verlies.periode_type,
    verlies.periode,
    verlies.regel_id,
    {{ verhouding('sum(verlies.verlies)', 'max(verlies.alle_noemers)') }} as bijdrage
from verlies
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on verlies.definitie_id = definitie.definitie_id
-- A cell without a noemer has no score, so nothing pulls it down.
where verlies.alle_noemers > 0
group by
    definitie.indicator_id,
    definitie.definitie_versie,
    verlies.niveau,
    verlies.eenheid_id,
    verlies.periode_type,
    verlies.periode,
    verlies.regel_id

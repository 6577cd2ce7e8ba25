-- Care providers behind a cell and the quality of their source records: the score of each, weighted
-- by what it contributes to the noemer. A contribution without a care provider counts as unusable.
select
    per_aanbieder.definitie_id,
    per_aanbieder.niveau,
    per_aanbieder.eenheid_id,
    per_aanbieder.uitsplitsing,
    per_aanbieder.uitsplitsing_waarde,
    per_aanbieder.periode_type,
    per_aanbieder.periode,
    count(distinct per_aanbieder.zorgaanbieder_id) as n_zorgaanbieders,
    {{ verhouding(
        'sum(cast(per_aanbieder.noemer as decimal(26, 4)) * coalesce(kwaliteit.dq_score, 0))',
        'sum(per_aanbieder.noemer)'
    ) }} as dq_score
from {{ ref('int_spiegel_aanbieder') }} as per_aanbieder
left join {{ ref('int_spiegel_dq') }} as kwaliteit
    on
        per_aanbieder.definitie_id = kwaliteit.definitie_id
        and per_aanbieder.zorgaanbieder_id = kwaliteit.zorgaanbieder_id
        and left(per_aanbieder.periode, 4) = kwaliteit.jaar
group by
    per_aanbieder.definitie_id,
    per_aanbieder.niveau,
    per_aanbieder.eenheid_id,
    per_aanbieder.uitsplitsing,
    per_aanbieder.uitsplitsing_waarde,
    per_aanbieder.periode_type,
    per_aanbieder.periode

-- Care providers behind a cell and the quality of their source records: the share of records that
-- could be used, weighted by what each of them contributes to the noemer. A contribution without a
-- care provider counts as unusable.
with uitsplitsing as (
    {{ uitsplitsingen() }}
),

per_stratum as (
    select
        indicator_id,
        niveau,
        eenheid_id,
        basis,
        basis_waarde,
        periode_type,
        periode,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        zorgaanbieder_id,
        sum(noemer) as noemer
    from {{ ref('int_spiegel_bijdrage') }}
    group by
        indicator_id,
        niveau,
        eenheid_id,
        basis,
        basis_waarde,
        periode_type,
        periode,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        zorgaanbieder_id
),

uitgesplitst as (
    select
        bron.indicator_id,
        bron.niveau,
        bron.eenheid_id,
        uitsplitsing.uitsplitsing,
        {{ uitsplitsing_waarde('uitsplitsing.uitsplitsing', 'bron') }} as uitsplitsing_waarde,
        bron.periode_type,
        bron.periode,
        bron.zorgaanbieder_id,
        bron.noemer
    from per_stratum as bron
    inner join uitsplitsing
        on bron.basis = uitsplitsing.basis
),

per_aanbieder as (
    select
        indicator_id,
        niveau,
        eenheid_id,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode,
        zorgaanbieder_id,
        sum(noemer) as noemer
    from uitgesplitst
    group by
        indicator_id,
        niveau,
        eenheid_id,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode,
        zorgaanbieder_id
)

select
    per_aanbieder.indicator_id,
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
from per_aanbieder
left join {{ ref('int_spiegel_dq') }} as kwaliteit
    on
        per_aanbieder.indicator_id = kwaliteit.indicator_id
        and per_aanbieder.zorgaanbieder_id = kwaliteit.zorgaanbieder_id
        and left(per_aanbieder.periode, 4) = kwaliteit.jaar
group by
    per_aanbieder.indicator_id,
    per_aanbieder.niveau,
    per_aanbieder.eenheid_id,
    per_aanbieder.uitsplitsing,
    per_aanbieder.uitsplitsing_waarde,
    per_aanbieder.periode_type,
    per_aanbieder.periode

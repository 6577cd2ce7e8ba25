-- Totals of a unit per breakdown: sums over its strata.
with uitsplitsing as (
    {{ uitsplitsingen() }}
),

uitgesplitst as (
    select
        bron.definitie_id,
        bron.soort_meting,
        bron.niveau,
        bron.eenheid_id,
        uitsplitsing.uitsplitsing,
        {{ uitsplitsing_waarde('uitsplitsing.uitsplitsing', 'bron') }} as uitsplitsing_waarde,
        bron.periode_type,
        bron.periode,
        bron.n_personen,
        bron.teller,
        bron.noemer,
        bron.teller_kwadraat,
        bron.verwacht
    from {{ ref('int_spiegel_verwacht') }} as bron
    inner join uitsplitsing
        on bron.basis = uitsplitsing.basis
)

select
    definitie_id,
    soort_meting,
    niveau,
    eenheid_id,
    uitsplitsing,
    uitsplitsing_waarde,
    periode_type,
    periode,
    cast(sum(n_personen) as bigint) as n_personen,
    cast(sum(teller) as decimal(18, 4)) as teller,
    cast(sum(noemer) as decimal(18, 4)) as noemer,
    sum(teller_kwadraat) as teller_kwadraat,
    cast(sum(verwacht) as decimal(28, 8)) as verwacht
from uitgesplitst
group by
    definitie_id,
    soort_meting,
    niveau,
    eenheid_id,
    uitsplitsing,
    uitsplitsing_waarde,
    periode_type,
    periode

-- What every care provider contributes to the noemer of a cell, as its weight there: its size, also
-- where a noemer of differences is below zero. None is a provider too.
with uitsplitsing as (
    {{ uitsplitsingen() }}
),

per_stratum as (
    select
        definitie_id,
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
        definitie_id,
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
        bron.definitie_id,
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
)

select
    definitie_id,
    niveau,
    eenheid_id,
    uitsplitsing,
    uitsplitsing_waarde,
    periode_type,
    periode,
    zorgaanbieder_id,
    abs(sum(noemer)) as noemer
from uitgesplitst
group by
    definitie_id,
    niveau,
    eenheid_id,
    uitsplitsing,
    uitsplitsing_waarde,
    periode_type,
    periode,
    zorgaanbieder_id

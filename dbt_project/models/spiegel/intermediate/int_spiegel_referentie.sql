-- References of a cell: the country, the peers (all of them together, weighted by their noemer) and
-- the place among the peers. The percentile is the middle of the ranks of equal values, from 0 to
-- 100; a unit without peers is at 50.
with cel as (
    select
        definitie_id,
        niveau,
        eenheid_id,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode,
        peergroep,
        teller,
        noemer,
        waarde
    from {{ ref('int_spiegel_cel') }}
),

landelijk as (
    select
        definitie_id,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode,
        waarde
    from cel
    where niveau = 'landelijk'
),

groep as (
    select
        definitie_id,
        niveau,
        peergroep,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode,
        sum(teller) as teller,
        sum(noemer) as noemer,
        count(waarde) as n_met_waarde
    from cel
    group by
        definitie_id,
        niveau,
        peergroep,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode
),

rang as (
    select
        definitie_id,
        niveau,
        eenheid_id,
        uitsplitsing,
        uitsplitsing_waarde,
        periode_type,
        periode,
        peergroep,
        waarde,
        rank() over (
            partition by
                definitie_id, niveau, peergroep, uitsplitsing,
                uitsplitsing_waarde, periode_type, periode
            order by waarde asc nulls last
        ) - 1 as n_lager,
        count(*) over (
            partition by
                definitie_id, niveau, peergroep, uitsplitsing,
                uitsplitsing_waarde, periode_type, periode, waarde
        ) as n_gelijk
    from cel
)

select
    rang.definitie_id,
    rang.niveau,
    rang.eenheid_id,
    rang.uitsplitsing,
    rang.uitsplitsing_waarde,
    rang.periode_type,
    rang.periode,
    landelijk.waarde as referentie_landelijk,
    {{ verhouding('groep.teller', 'groep.noemer') }} as referentie_peer,
    case
        when rang.waarde is not null
            then {{ verhouding(
                '100 * rang.n_lager + 50 * rang.n_gelijk', 'groep.n_met_waarde', 1
            ) }}
    end as percentiel
from rang
inner join groep
    on
        rang.definitie_id = groep.definitie_id
        and rang.niveau = groep.niveau
        and rang.peergroep = groep.peergroep
        and rang.uitsplitsing = groep.uitsplitsing
        and rang.uitsplitsing_waarde = groep.uitsplitsing_waarde
        and rang.periode_type = groep.periode_type
        and rang.periode = groep.periode
left join landelijk
    on
        rang.definitie_id = landelijk.definitie_id
        and rang.uitsplitsing = landelijk.uitsplitsing
        and rang.uitsplitsing_waarde = landelijk.uitsplitsing_waarde
        and rang.periode_type = landelijk.periode_type
        and rang.periode = landelijk.periode

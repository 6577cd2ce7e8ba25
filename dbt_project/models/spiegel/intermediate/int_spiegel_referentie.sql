-- References of a cell: the country, the peers (all of them together, weighted by their noemer; of
-- a count their mean) and the place among the peers. The percentile is the middle of the ranks of
-- equal values, from 0 to 100; a unit without peers is at 50.
with cel as (
    select
        groep_nr,
        eenheid_id,
        niveau,
        soort_meting,
        peergroep,
        teller,
        noemer,
        waarde
    from {{ ref('int_spiegel_cel') }}
),

landelijk as (
    select
        groep.groep_nr,
        cel.waarde
    from {{ ref('int_spiegel_groep') }} as groep
    inner join cel
        on groep.landelijk_groep_nr = cel.groep_nr
),

peers as (
    select
        groep_nr,
        peergroep,
        case
            when max(soort_meting) = 'aantal' then {{ verhouding('sum(teller)', 'count(*)') }}
            else {{ verhouding('sum(teller)', 'sum(noemer)') }}
        end as waarde,
        count(waarde) as n_met_waarde
    from cel
    group by groep_nr, peergroep
),

rang as (
    select
        groep_nr,
        eenheid_id,
        peergroep,
        waarde,
        rank() over (
            partition by groep_nr, peergroep
            order by waarde asc nulls last
        ) - 1 as n_lager,
        count(*) over (partition by groep_nr, peergroep, waarde) as n_gelijk
    from cel
)

select
    rang.groep_nr,
    rang.eenheid_id,
    landelijk.waarde as referentie_landelijk,
    peers.waarde as referentie_peer,
    case
        when rang.waarde is not null
            then {{ verhouding(
                '100 * rang.n_lager + 50 * rang.n_gelijk', 'peers.n_met_waarde', 1
            ) }}
    end as percentiel
from rang
inner join peers
    on
        rang.groep_nr = peers.groep_nr
        and rang.peergroep = peers.peergroep
left join landelijk
    on rang.groep_nr = landelijk.groep_nr

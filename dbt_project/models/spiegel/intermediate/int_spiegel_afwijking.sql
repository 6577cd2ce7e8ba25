-- What chance alone would make of the teller of a unit of which so much is expected: its variance
-- and skewness, and how many standard deviations the unit is away. Only units that can be judged:
-- with enough persons, an expected teller, and others at their level to compare with. A count is
-- judged as a whole (noemer_oordeel 1), a proportion out of its noemer.
with cel as (
    select
        cel.groep_nr,
        cel.eenheid_id,
        cel.soort_meting in ('proportie_som', 'proportie_personen') as is_deel,
        cel.soort_meting in ('aantal_per_persoon', 'aantal') as is_aantal,
        cel.teller,
        case when cel.soort_meting = 'aantal' then 1 else cel.noemer end as noemer_oordeel,
        cel.verwacht,
        cast(cel.n_personen as double) as n_personen,
        cast(cel.noemer_kwadraat as double) as noemer_kwadraat,
        cast(cel.teller as double) as o,
        cast(cel.noemer as double) as n,
        cast(cel.verwacht as double) as mu
    from {{ ref('int_spiegel_cel') }} as cel
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on cel.definitie_nr = definitie.definitie_nr
    where
        cel.n_personen >= definitie.minimum_volume
        and cel.niveau <> 'landelijk'
        and cel.verwacht > 0
        and (cel.noemer > 0 or cel.soort_meting = 'aantal')
),

toeval as (
    select
        cel.groep_nr,
        cel.eenheid_id,
        cel.is_deel,
        cel.is_aantal,
        cel.teller,
        cel.noemer_oordeel,
        cel.verwacht,
        cel.o,
        cel.mu,
        case
            when cel.is_deel then cel.mu * (1 - cel.mu / nullif(cel.n, 0))
            when cel.is_aantal then cel.mu
            -- Persons with a large noemer spread more, so a unit that has many of them gets room
            -- for it. Of a mean, where every noemer is 1, both are equal.
            else spreiding.variantie * greatest(
                cel.n_personen,
                coalesce(cel.noemer_kwadraat / nullif(spreiding.noemer_kwadraat, 0), 0)
            )
        end as variantie,
        case
            when cel.is_deel then 1 - 2 * cel.mu / nullif(cel.n, 0)
            when cel.is_aantal then 1
            else spreiding.scheefheid * sqrt(spreiding.variantie)
        end as scheef
    from cel
    left join {{ ref('int_spiegel_spreiding') }} as spreiding
        on cel.groep_nr = spreiding.groep_nr
)

select
    groep_nr,
    eenheid_id,
    is_deel,
    is_aantal,
    teller,
    noemer_oordeel,
    verwacht,
    o,
    mu,
    variantie,
    -- In all these cases the third moment of the teller is its variance times `scheef`.
    scheef / nullif(sqrt(variantie), 0) as scheefheid,
    round((o - mu) / nullif(sqrt(variantie), 0), 12) as z
from toeval
where variantie > 0.000000001

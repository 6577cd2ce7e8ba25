-- Whether units of a level differ more than chance and case-mix explain, per group:
-- Spiegelhalter's overdispersion factor from winsorised deviates and, from it, the
-- standard deviation between units as a part of what is expected (random effects).
-- docs/statistiek.md.
with rang as (
    select
        groep_nr,
        z,
        mu * mu / nullif(variantie, 0) as gewicht,
        row_number() over (partition by groep_nr order by z asc, eenheid_id asc)
            as volgnr,
        count(*) over (partition by groep_nr) as n_eenheden
    from {{ ref('int_spiegel_afwijking') }}
),

-- The lowest and the highest tenth get the deviate of the last one that is left.
rand as (
    select
        groep_nr,
        min(z) as z_laagst,
        max(z) as z_hoogst
    from rang
    where
        n_eenheden >= 10
        and volgnr > floor(0.1 * n_eenheden)
        and volgnr <= n_eenheden - floor(0.1 * n_eenheden)
    group by groep_nr
),

som as (
    select
        rang.groep_nr,
        cast(count(*) as double) as n,
        cast(sum(cast(
            power(greatest(rand.z_laagst, least(rand.z_hoogst, rang.z)), 2) as decimal(30, 12)
        )) as double) as z_kwadraat,
        cast(sum(cast(rang.gewicht as decimal(30, 9))) as double) as gewicht,
        cast(sum(cast(rang.gewicht * rang.gewicht as decimal(38, 9))) as double)
            as gewicht_kwadraat
    from rang
    inner join rand
        on rang.groep_nr = rand.groep_nr
    group by rang.groep_nr
)

select
    groep_nr,
    n as n_eenheden,
    z_kwadraat / nullif(n, 0) as overdispersie,
    greatest(
        0, (z_kwadraat - (n - 1)) / nullif(gewicht - gewicht_kwadraat / nullif(gewicht, 0), 0)
    ) as tussen_variantie
from som

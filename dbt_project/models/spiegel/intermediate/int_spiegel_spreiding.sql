-- How the persons of all units of a level together spread around their value (means and ratios),
-- per group: variance and skewness of teller - value * noemer of one person, and the mean of the
-- squared noemer. Sums are exact decimals, so the result repeats to the last bit.
with som as (
    select
        groep_nr,
        cast(sum(n_personen) as double) as n,
        cast(sum(teller) as double) / nullif(cast(sum(noemer) as double), 0) as waarde,
        cast(sum(teller_kwadraat) as double) as t2,
        cast(sum(teller_noemer) as double) as tn,
        cast(sum(noemer_kwadraat) as double) as n2,
        cast(sum(teller_kubus) as double) as t3,
        cast(sum(teller2_noemer) as double) as t2n,
        cast(sum(teller_noemer2) as double) as tn2,
        cast(sum(noemer_kubus) as double) as n3
    from {{ ref('int_spiegel_cel') }}
    where soort_meting in ('gemiddelde_per_persoon', 'verhouding')
    group by groep_nr
),

moment as (
    select
        groep_nr,
        greatest(t2 - 2 * waarde * tn + waarde * waarde * n2, 0)
        / nullif(case when n > 1 then n - 1 end, 0) as variantie,
        n2 / nullif(n, 0) as noemer_kwadraat,
        (
            t3 - 3 * waarde * t2n + 3 * waarde * waarde * tn2 - waarde * waarde * waarde * n3
        ) / nullif(n, 0) as derde_moment
    from som
)

select
    groep_nr,
    variantie,
    noemer_kwadraat,
    derde_moment / nullif(variantie * sqrt(variantie), 0) as scheefheid
from moment

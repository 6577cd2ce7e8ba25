-- How the persons of all units of a level together spread around their value (means and ratios),
-- per group: variance and skewness of teller - value * noemer of one person. Sums are exact
-- decimals, so the result repeats to the last bit.
with som as (
    select
        groep_nr,
        soort_meting,
        cast(sum(n_personen) as double) as n,
        cast(sum(teller) as double) as t,
        cast(sum(teller) as double) / nullif(cast(sum(noemer) as double), 0) as waarde,
        cast(sum(teller_kwadraat) as double) as t2,
        cast(sum(teller_noemer) as double) as tn,
        cast(sum(noemer_kwadraat) as double) as n2,
        cast(sum(teller_kubus) as double) as t3
    from {{ ref('int_spiegel_cel') }}
    where soort_meting in ('gemiddelde_per_persoon', 'verhouding')
    group by groep_nr, soort_meting
),

moment as (
    select
        groep_nr,
        greatest(t2 - 2 * waarde * tn + waarde * waarde * n2, 0)
        / nullif(case when n > 1 then n - 1 end, 0) as variantie,
        -- The third moment of a ratio is left out: its two sides need not be skewed the same way.
        case
            when soort_meting = 'gemiddelde_per_persoon'
                then
                    (t3 - 3 * waarde * t2 + 3 * waarde * waarde * t) / nullif(n, 0)
                    - waarde * waarde * waarde
            else 0
        end as derde_moment
    from som
)

select
    groep_nr,
    variantie,
    derde_moment / nullif(variantie * sqrt(variantie), 0) as scheefheid
from moment

-- Confidence interval of the value (95%: Wilson for proportions, Student for means) and distance to
-- what is expected, in standard errors. The spread of a mean is that between all persons of all
-- units of the level, so that a small unit is not judged by its own few.
with spreiding as (
    select
        groep_nr,
        {{ variantie('sum(teller)', 'sum(teller_kwadraat)', 'sum(n_personen)') }} as variantie
    from {{ ref('int_spiegel_cel') }}
    group by
        groep_nr
),

maat as (
    select
        cel.groep_nr,
        cel.eenheid_id,
        cel.soort_meting,
        cel.soort_meting = 'gemiddelde_per_persoon' as is_gemiddelde,
        cel.n_personen,
        cel.teller,
        cel.noemer,
        cel.verwacht,
        cast(cel.teller as double) / nullif(cast(cel.noemer as double), 0) as waarde,
        cast(cel.verwacht as double) / nullif(cast(cel.noemer as double), 0) as waarde_verwacht,
        sqrt(
            {{ variantie('cel.teller', 'cel.teller_kwadraat', 'cel.n_personen') }}
            / nullif(cast(cel.n_personen as double), 0)
        ) as standaardfout,
        sqrt(spreiding.variantie / nullif(cast(cel.n_personen as double), 0)) as funnelfout
    from {{ ref('int_spiegel_cel') }} as cel
    inner join spreiding
        on cel.groep_nr = spreiding.groep_nr
),

afstand as (
    select
        groep_nr,
        eenheid_id,
        soort_meting,
        is_gemiddelde,
        n_personen,
        teller,
        noemer,
        waarde,
        standaardfout,
        case
            when is_gemiddelde
                then (waarde - waarde_verwacht) / nullif(funnelfout, 0)
            when soort_meting in ('aantal_per_persoon', 'aantal')
                then
                    (cast(teller as double) - cast(verwacht as double))
                    / nullif(sqrt(greatest(cast(verwacht as double), 0)), 0)
            when soort_meting in ('proportie_som', 'proportie_personen')
                then
                    (cast(teller as double) - cast(verwacht as double))
                    / nullif(
                        sqrt(greatest(cast(verwacht as double) * (1 - waarde_verwacht), 0)), 0
                    )
        end as z
    from maat
)

select
    groep_nr,
    eenheid_id,
    case
        when is_gemiddelde
            then cast(
                round(waarde - {{ student_t('(n_personen - 1)') }} * standaardfout, 6)
                as decimal(18, 6)
            )
        when soort_meting in ('proportie_som', 'proportie_personen')
            then {{ wilson('teller', 'noemer', -1) }}
    end as ci_laag,
    case
        when is_gemiddelde
            then cast(
                round(waarde + {{ student_t('(n_personen - 1)') }} * standaardfout, 6)
                as decimal(18, 6)
            )
        when soort_meting in ('proportie_som', 'proportie_personen')
            then {{ wilson('teller', 'noemer', 1) }}
    end as ci_hoog,
    {{ funnel_klasse('round(z, 6)') }} as funnel_klasse
from afstand

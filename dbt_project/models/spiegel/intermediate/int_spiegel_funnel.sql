-- Confidence interval (95%) of every value and of its ratio to what is expected, with the
-- judgement of the units that can be judged. The interval of a value: Wilson for proportions, Byar
-- for rates and counts, Student with linearisation over persons for means and ratios. Of a unit
-- where nobody has any of the teller, persons of the whole level tell how much chance could have
-- given; and what cannot be below 0 or above 1 has no limit there.
with aantal as (
    select distinct
        n_personen,
        cast(n_personen - 1 as double) as df
    from {{ ref('int_spiegel_cel') }}
    where soort_meting in ('gemiddelde_per_persoon', 'verhouding') and n_personen > 1
),

student as (
    select
        n_personen,
        {{ student_t('df') }} as t
    from aantal
),

waarde as (
    select
        cel.groep_nr,
        cel.eenheid_id,
        cel.soort_meting,
        definitie.eenheid,
        cel.teller,
        cel.noemer,
        cast(cel.teller as double) as o,
        cast(cel.noemer as double) as n,
        cast(cel.verwacht as double) as mu,
        cast(cel.teller as double) / nullif(cast(cel.noemer as double), 0) as waarde,
        student.t * sqrt(
            case
                when cel.teller_kwadraat = 0
                    then coalesce(spreiding.variantie, 0)
                else {{ variantie_verhouding('cel') }}
            end * cast(cel.n_personen as double)
        ) / nullif(abs(cast(cel.noemer as double)), 0) as marge
    from {{ ref('int_spiegel_cel') }} as cel
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on cel.definitie_nr = definitie.definitie_nr
    left join {{ ref('int_spiegel_spreiding') }} as spreiding
        on cel.groep_nr = spreiding.groep_nr
    left join student
        on
            cel.soort_meting in ('gemiddelde_per_persoon', 'verhouding')
            and cel.n_personen = student.n_personen
),

interval_waarde as (
    select
        groep_nr,
        eenheid_id,
        n,
        mu,
        eenheid,
        case
            when soort_meting in ('gemiddelde_per_persoon', 'verhouding')
                then {{ binnen_bereik('waarde - marge', 'waarde') }}
            when soort_meting = 'aantal' then {{ byar('o', 'laag') }}
            when soort_meting = 'aantal_per_persoon' then {{ byar('o', 'laag') }} / nullif(n, 0)
            else cast({{ wilson('teller', 'noemer', -1) }} as double)
        end as ci_laag,
        case
            when soort_meting in ('gemiddelde_per_persoon', 'verhouding')
                then {{ binnen_bereik('waarde + marge', 'waarde') }}
            when soort_meting = 'aantal' then {{ byar('o', 'hoog') }}
            when soort_meting = 'aantal_per_persoon' then {{ byar('o', 'hoog') }} / nullif(n, 0)
            else cast({{ wilson('teller', 'noemer', 1) }} as double)
        end as ci_hoog,
        soort_meting in ('gemiddelde_per_persoon', 'verhouding') as is_gemiddelde
    from waarde
)

select
    eigen.groep_nr,
    eigen.eenheid_id,
    {{ afgerond('eigen.ci_laag') }} as ci_laag,
    {{ afgerond('eigen.ci_hoog') }} as ci_hoog,
    {% for kant in ['laag', 'hoog'] -%}
        {{ afgerond(
            'case when eigen.is_gemiddelde and oordeel.kans is not null then eigen.ci_' ~ kant
            ~ ' * eigen.n / nullif(eigen.mu, 0) else oordeel.oe_' ~ kant ~ ' end'
        ) }} as oe_{{ kant }},
    {% endfor -%}
    {% for grens in ['laag_95', 'hoog_95', 'laag_998', 'hoog_998'] -%}
        {{ afgerond(binnen_bereik(
            'oordeel.funnel_' ~ grens, '0', 'eigen.eenheid'
        )) }} as funnel_{{ grens }},
    {% endfor -%}
    {{ afgerond('oordeel.kans') }} as kans,
    {{ afgerond('oordeel.overdispersie') }} as overdispersie,
    {{ afgerond('oordeel.tussen_sd') }} as tussen_sd,
    {{ afgerond('oordeel.waarde_krimp') }} as waarde_krimp,
    coalesce(oordeel.funnel_klasse, 'geen_oordeel') as funnel_klasse
from interval_waarde as eigen
left join {{ ref('int_spiegel_oordeel') }} as oordeel
    on
        eigen.groep_nr = oordeel.groep_nr
        and eigen.eenheid_id = oordeel.eenheid_id

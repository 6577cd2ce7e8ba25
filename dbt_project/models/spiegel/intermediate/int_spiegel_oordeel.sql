-- Judgement of every unit that can be judged: funnel limits and class, chance of such a deviation,
-- and the value drawn towards what is expected (empirical Bayes), a clear outlier hardly. Counts
-- are judged by whole-number limits (int_spiegel_telkans), means and ratios by limits that know
-- the skewness. Where units differ more than chance explains, limits get wider, never narrower.
-- docs/statistiek.md.
{% set grenzen = {'95': '1.959963984540054', '998': '3.090232306167813'} %}
with eenheid as (
    select
        afwijking.groep_nr,
        afwijking.eenheid_id,
        afwijking.is_deel,
        afwijking.is_aantal,
        afwijking.teller,
        case when afwijking.is_aantal then 0 else afwijking.noemer_oordeel end as noemer,
        cast(afwijking.noemer_oordeel as double) as n,
        afwijking.verwacht,
        afwijking.o,
        afwijking.mu,
        afwijking.variantie,
        afwijking.scheefheid,
        groep.overdispersie,
        groep.tussen_variantie,
        -- How many times the variance of chance the whole variance is.
        1 + coalesce(groep.tussen_variantie, 0) * afwijking.mu * afwijking.mu
        / nullif(afwijking.variantie, 0) as factor
    from {{ ref('int_spiegel_afwijking') }} as afwijking
    left join {{ ref('int_spiegel_overdispersie') }} as groep
        on afwijking.groep_nr = groep.groep_nr
),

geheel as (
    select
        eenheid.groep_nr,
        eenheid.eenheid_id,
        eenheid.o,
        eenheid.n,
        eenheid.mu,
        eenheid.variantie,
        eenheid.overdispersie,
        eenheid.tussen_variantie,
        eenheid.factor > 1 as is_ruim,
        sqrt(eenheid.variantie * eenheid.factor) as spreiding,
        eenheid.scheefheid / nullif(eenheid.factor * sqrt(eenheid.factor), 0) as scheefheid,
        eenheid.is_deel,
        eenheid.is_deel or eenheid.is_aantal as is_telling,
        telkans.kans,
        {% for grens in grenzen -%}
            telkans.n_laag_{{ grens }} + 0.5 as tel_laag_{{ grens }},
            telkans.n_hoog_{{ grens }} - 0.5 as tel_hoog_{{ grens }},
        {% endfor -%}
        exact.telling_laag,
        exact.telling_hoog
    from eenheid
    left join {{ ref('int_spiegel_telkans') }} as telkans
        on
            eenheid.is_aantal = telkans.is_aantal
            and eenheid.teller = telkans.teller
            and eenheid.noemer = telkans.noemer
            and eenheid.verwacht = telkans.verwacht
    left join {{ ref('int_spiegel_exact') }} as exact
        on
            eenheid.is_aantal = exact.is_aantal
            and eenheid.teller = exact.teller
            and eenheid.noemer = exact.noemer
),

grens as (
    select
        groep_nr,
        eenheid_id,
        o,
        n,
        mu,
        overdispersie,
        tussen_variantie,
        is_deel,
        is_telling,
        telling_laag,
        telling_hoog,
        {% for grens, z in grenzen.items() -%}
            least(
                case when is_telling then tel_laag_{{ grens }} end,
                case
                    when not is_telling or is_ruim
                        then mu + spreiding * ({{ grens_scheef(z, 'scheefheid', 'laag') }})
                end
            ) as laag_{{ grens }},
            greatest(
                case when is_telling then tel_hoog_{{ grens }} end,
                case
                    when not is_telling or is_ruim
                        then mu + spreiding * ({{ grens_scheef(z, 'scheefheid', 'hoog') }})
                end
            ) as hoog_{{ grens }},
        {% endfor -%}
        case
            when is_telling and not is_ruim then kans
            else greatest(
                kans, 2 * {{ normale_staart(
                    '(' ~ afstand_scheef('((o - mu) / nullif(spreiding, 0))', 'scheefheid') ~ ')'
                ) }}
            )
        end as kans,
        -- Of the part that is taken off, less is left the further a unit lies beyond the limits.
        1 - (
            variantie / nullif(variantie + tussen_variantie * mu * mu, 0)
        ) / nullif(
            1 + greatest(0, power((o - mu) / nullif(spreiding, 0), 2) - 3.841458820694124), 0
        ) as gewicht
    from geheel
)

select
    groep_nr,
    eenheid_id,
    {% for grens in grenzen -%}
        {% for kant in ['laag', 'hoog'] -%}
            {% set waarde = kant ~ '_' ~ grens ~ ' / nullif(n, 0)' -%}
            case
                when is_deel then greatest(0, least(1, {{ waarde }}))
                when is_telling then greatest(0, {{ waarde }})
                else {{ waarde }}
            end as funnel_{{ kant }}_{{ grens }},
        {% endfor -%}
    {% endfor -%}
    telling_laag / nullif(mu, 0) as oe_laag,
    telling_hoog / nullif(mu, 0) as oe_hoog,
    kans,
    overdispersie,
    sqrt(tussen_variantie) as tussen_sd,
    case
        when tussen_variantie is not null
            then mu / nullif(n, 0) * (1 + gewicht * (o / nullif(mu, 0) - 1))
    end as waarde_krimp,
    {{ funnel_klasse('o', 'laag_95', 'hoog_95', 'laag_998', 'hoog_998') }} as funnel_klasse
from grens

-- Which counts lie outside what chance gives around an expected count, and the chance of a
-- deviation like the one observed: once for every different set of counts. docs/statistiek.md says
-- why.
--
-- n_laag is the largest count that is too low and n_hoog the smallest that is too high. Below an
-- expected 50 (of what happened and of what did not) each side has at most half of the chance of
-- the limit: the exact test. From 50 on the middle of a count's chance decides (mid-P), and what
-- the lower side leaves of the chance of the limit goes to the upper.
{% set begin -%}
    round(
        verdeling.mu
        + grens.richting * grens.z * sqrt(verdeling.mu * (1 - verdeling.p))
        + (grens.z * grens.z - 1) * (1 - 2 * verdeling.p) / nullif(6.0, 0)
    )
{%- endset %}
{% set grenzen = [
    ('95', 1.959963984540054, 0.025, -1), ('95', 1.959963984540054, 0.025, 1),
    ('998', 3.090232306167813, 0.001, -1), ('998', 3.090232306167813, 0.001, 1),
    ('eigen', 'null', 'null', 0)
] %}
{% set sleutel = ['is_aantal', 'teller', 'noemer', 'verwacht'] %}
with telling as (
    select distinct
        is_aantal, teller, verwacht,
        case when is_aantal then 0 else noemer_oordeel end as noemer
    from {{ ref('int_spiegel_afwijking') }}
    where is_deel or is_aantal
),

grens as (
    {% for grens, z, alfa, richting in grenzen -%}
        select '{{ grens }}' as grens, {{ z }} as z, {{ alfa }} as alfa, {{ richting }} as richting
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

verdeling as (
    select
        {{ sleutel | join(', ') }},
        round(cast(teller as double)) as x,
        case when not is_aantal then cast(noemer as double) end as n,
        cast(verwacht as double) as mu,
        coalesce(cast(verwacht as double) / nullif(cast(noemer as double), 0), 0) as p
    from telling
),

-- Where to look: the limit by the normal distribution with a term for the skewness.
begin_punt as (
    select
        {% for kolom in sleutel + ['n', 'mu', 'p'] -%}
            verdeling.{{ kolom }},
        {% endfor -%}
        grens.grens,
        grens.alfa,
        case
            when grens.grens <> 'eigen' then grens.richting
            when verdeling.x >= round(verdeling.mu, 6) then 1
            else -1
        end as richting,
        case
            when grens.grens = 'eigen' then verdeling.x
            when grens.richting = -1
                then greatest(0, least(floor(verdeling.mu), {{ begin }}))
            else greatest(
                ceil(verdeling.mu), least(coalesce(verdeling.n, {{ begin }}), {{ begin }})
            )
        end as s
    from verdeling
    cross join grens
),

gespiegeld as (
    select
        {{ sleutel | join(', ') }}, n, mu, p, grens, alfa, richting, s,
        case when richting = -1 then n - s else s end as s_ver,
        case when richting = -1 then 1 - p else p end as p_ver,
        case when is_aantal then mu else n * p / nullif(1 - p, 0) end as a,
        case when is_aantal then 0 else p / nullif(1 - p, 0) end as b,
        case when coalesce(least(mu, n - mu), mu) < 50 then 0 else 0.5 end as midden
    from begin_punt
),

staart as (
    select
        {{ sleutel | join(', ') }}, grens, alfa, richting, s, a, b, midden,
        {{ puntkans_telling() }} as f,
        {{ staart_telling() }} as k
    from gespiegeld
),

omgeving as (
    select
        {{ sleutel | join(', ') }}, grens, alfa, richting, s, midden, k,
        {% for j in range(-3, 4) -%}
            {{ puntkans_verder(j) }} as f_{{ stap_naam(j) }}{{ ',' if not loop.last }}
        {% endfor %}
    from staart
),

laag as (
    select
        {{ sleutel | join(', ') }},
        grens,
        {{ eerste_buiten('alfa') }} as n_laag,
        case when midden = 0 then alfa else 2 * alfa - {{ kans_buiten('alfa') }} end as alfa
    from omgeving
    where grens <> 'eigen' and richting = -1
),

hoog as (
    select
        {% for kolom in sleutel %}laag.{{ kolom }}, {% endfor %}
        laag.grens,
        laag.n_laag,
        {{ eerste_buiten('laag.alfa') }} as n_hoog
    from omgeving
    inner join laag
        on
            {% for kolom in sleutel %}omgeving.{{ kolom }} = laag.{{ kolom }} and {% endfor %}
            omgeving.grens = laag.grens
    where omgeving.richting = 1
),

eigen as (
    select
        {{ sleutel | join(', ') }},
        least(1, 2 * (k - midden * f_verder_0)) as kans
    from omgeving
    where grens = 'eigen'
)

select
    {% for kolom in sleutel %}eigen.{{ kolom }}, {% endfor %}
    eigen.kans,
    max(case when hoog.grens = '95' then hoog.n_laag end) as n_laag_95,
    max(case when hoog.grens = '95' then hoog.n_hoog end) as n_hoog_95,
    max(case when hoog.grens = '998' then hoog.n_laag end) as n_laag_998,
    max(case when hoog.grens = '998' then hoog.n_hoog end) as n_hoog_998
from eigen
inner join hoog
    on
        {% for kolom in sleutel -%}
            eigen.{{ kolom }} = hoog.{{ kolom }}{{ ' and' if not loop.last }}
        {% endfor %}
group by eigen.is_aantal, eigen.teller, eigen.noemer, eigen.verwacht, eigen.kans

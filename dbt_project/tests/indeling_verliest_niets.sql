-- Every observation of a known person counts for exactly one care provider, region and insurer in
-- its year and in its quarter: giving units to observations adds none and loses none.
{{ config(group='kern') }}
with gemaakt as (
    {% for definitie in var('indicatoren') %}
        select
            '{{ definitie }}' as definitie_id,
            count(*) as aantal,
            sum(waarneming.teller) as teller,
            sum(waarneming.noemer) as noemer
        from {{ ref('ind_' ~ definitie) }} as waarneming
        inner join {{ ref('dim_persoon') }} as persoon
            on waarneming.pseudo_id = persoon.pseudo_id
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

ingedeeld as (
    select
        definitie_id,
        count(*) as aantal,
        sum(teller) as teller,
        sum(noemer) as noemer
    from {{ ref('observatie') }}
    group by definitie_id
)

select
    gemaakt.definitie_id,
    gemaakt.aantal,
    ingedeeld.aantal as ingedeeld
from gemaakt
left join ingedeeld
    on gemaakt.definitie_id = ingedeeld.definitie_id
where
    gemaakt.aantal is distinct from coalesce(ingedeeld.aantal, 0)
    or gemaakt.teller is distinct from ingedeeld.teller
    or gemaakt.noemer is distinct from ingedeeld.noemer

-- Observations of all definitions in the register, of persons who are known.
{{ config(materialized='view') }}
{% if execute and not var('indicatoren') %}
    {% do exceptions.raise_compiler_error('No indicators: start dbt with iza dbt.') %}
{% endif %}

with waarneming as (
    {% for definitie in var('indicatoren') %}
        select
            '{{ definitie }}' as definitie_id,
            zorgaanbieder_id,
            pseudo_id,
            peildatum,
            diagnosegroep,
            teller,
            noemer
        from {{ ref('ind_' ~ definitie) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    waarneming.definitie_id,
    waarneming.zorgaanbieder_id,
    waarneming.pseudo_id,
    waarneming.peildatum,
    waarneming.diagnosegroep,
    waarneming.teller,
    waarneming.noemer
from waarneming
inner join {{ ref('dim_persoon') }} as persoon
    on waarneming.pseudo_id = persoon.pseudo_id

-- Observations of all definitions in the register, of whoever they tell.
{{ config(materialized='view') }}
{% if execute and not var('indicatoren') %}
    {% do exceptions.raise_compiler_error('No indicators: start dbt with iza dbt.') %}
{% endif %}
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

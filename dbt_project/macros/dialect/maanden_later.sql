{# The day a number of months after another. #}
{% macro maanden_later(datum, maanden) -%}
    {{ adapter.dispatch('maanden_later')(datum, maanden) }}
{%- endmacro %}

{% macro duckdb__maanden_later(datum, maanden) -%}
    cast({{ datum }} + to_months({{ maanden }}) as date)
{%- endmacro %}

{% macro spark__maanden_later(datum, maanden) -%}
    add_months({{ datum }}, {{ maanden }})
{%- endmacro %}

{# Several quantiles of one expression as a list, interpolated: the values are kept once for all. #}
{% macro kwantielen(delen, uitdrukking) -%}
    {{ adapter.dispatch('kwantielen')(delen, uitdrukking) }}
{%- endmacro %}

{% macro duckdb__kwantielen(delen, uitdrukking) -%}
    quantile_cont({{ uitdrukking }}, [{{ delen | join(', ') }}])
{%- endmacro %}

{% macro spark__kwantielen(delen, uitdrukking) -%}
    percentile({{ uitdrukking }}, array({{ delen | join(', ') }}))
{%- endmacro %}

{# An element of a list, from 1; null when there is no list. #}
{% macro element(lijst, nummer) -%}
    {{ adapter.dispatch('element')(lijst, nummer) }}
{%- endmacro %}

{% macro default__element(lijst, nummer) -%}
    element_at({{ lijst }}, {{ nummer }})
{%- endmacro %}

{% macro duckdb__element(lijst, nummer) -%}
    list_extract({{ lijst }}, {{ nummer }})
{%- endmacro %}

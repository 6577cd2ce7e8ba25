{# After `as` of a CTE that is read more than once: work it out again each time, only the columns that
   are asked for, rather than keep all of it. #}
{% macro niet_bewaard() -%}
    {{ adapter.dispatch('niet_bewaard')() }}
{%- endmacro %}

{% macro default__niet_bewaard() -%}{%- endmacro %}

{% macro duckdb__niet_bewaard() -%}
    not materialized
{%- endmacro %}

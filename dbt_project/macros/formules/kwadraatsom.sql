{# Exact sum of products of two decimals with four digits. #}
{% macro kwadraatsom(een, ander) -%}
    sum(cast({{ een }} as decimal(19, 4)) * cast({{ ander }} as decimal(19, 4)))
{%- endmacro %}

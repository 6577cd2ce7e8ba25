{# A double rounded where a formula ends, as an exact number with six decimals. #}
{% macro afgerond(getal) -%}
    cast(round({{ getal }}, 6) as decimal(18, 6))
{%- endmacro %}

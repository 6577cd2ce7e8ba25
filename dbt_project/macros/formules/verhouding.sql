{# Quotient of two exact numbers, rounded where the formula ends; null when the denominator is 0. #}
{% macro verhouding(teller, noemer, decimalen=6) -%}
    cast(
        round(cast({{ teller }} as double) / nullif(cast({{ noemer }} as double), 0), {{ decimalen }})
        as decimal(18, {{ decimalen }})
    )
{%- endmacro %}

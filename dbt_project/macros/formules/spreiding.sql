{# Variance between persons from exact sums: (sum of squares - square of sum / n) / (n - 1), as a
   double; null below two persons. The sums are decimals, so the result repeats to the last bit. #}
{% macro variantie(som, kwadraatsom, n) -%}
    (
        greatest(
            cast({{ kwadraatsom }} as double)
            - cast({{ som }} as double) * cast({{ som }} as double)
            / nullif(cast({{ n }} as double), 0),
            0
        ) / nullif(case when {{ n }} > 1 then cast({{ n }} - 1 as double) end, 0)
    )
{%- endmacro %}

{# Chance of exactly x events when mu are expected: the Poisson distribution, in the form of Loader
   (2000) that stays exact for large counts. x is a double, whole or not; mu > 0. #}
{% macro puntkans_poisson(x, mu) -%}
    case
        when {{ x }} < 0 then 0
        when {{ x }} = 0 then exp(-{{ mu }})
        else
            exp(
                {{ x }} - {{ mu }} - {{ x }} * ln({{ x }} / nullif({{ mu }}, 0))
                - {{ stirling_rest(x) }}
            ) * sqrt(1 / nullif(6.283185307179586477 * {{ x }}, 0))
    end
{%- endmacro %}

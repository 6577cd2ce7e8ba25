{# Chance of exactly x of n when each has chance p: the binomial distribution, in the form of Loader
   (2000) that stays exact for large n. x and n are doubles, whole or not; 0 < p < 1. #}
{% macro puntkans_binomiaal(x, n, p) -%}
    case
        when {{ x }} < 0 or {{ x }} > {{ n }} then 0
        when {{ x }} = 0 then exp({{ n }} * ln(1 - {{ p }}))
        when {{ x }} = {{ n }} then exp({{ n }} * ln({{ p }}))
        else
            exp(
                {{ stirling_rest(n) }} - {{ stirling_rest(x) }}
                - {{ stirling_rest('(' ~ n ~ ' - ' ~ x ~ ')') }}
                - {{ x }} * ln({{ x }} / nullif({{ n }} * {{ p }}, 0))
                - ({{ n }} - {{ x }})
                * ln(({{ n }} - {{ x }}) / nullif({{ n }} * (1 - {{ p }}), 0))
            ) * sqrt({{ n }} / nullif(6.283185307179586477 * {{ x }} * ({{ n }} - {{ x }}), 0))
    end
{%- endmacro %}

{# Chance that a standard normal deviate lies beyond |z| on one side (Abramowitz and Stegun 26.2.3):
   its density at z times the integral over u from 0 of exp(-z u - u^2 / 2). Within 1e-12. #}
{% macro normale_staart(z) -%}
    (0.398942280401432678 * exp(-{{ z }} * {{ z }} / nullif(2.0, 0)) * {{ integraal(
        'exp(-abs(' ~ z ~ ') * u - 0.5 * u * u)',
        staart_bereik('abs(' ~ z ~ ')', '1', '0', "cast('infinity' as double)")
    ) }})
{%- endmacro %}

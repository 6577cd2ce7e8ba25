{#
    Chance of x or more (kant 'hoog') or of x or fewer (kant 'laag') of n when each has chance p; x is
    a whole number as a double, 0 < p < 1. Within 1e-9 up to a million, and exact in proportion in the
    tail, where x lies on its own side of n * p.

    The tail is the incomplete beta function (Abramowitz and Stegun 26.5.24): with t = p (1 - u),
    P(X >= x) = P(X = x) * x * integral over u from 0 to 1 of (1 - u)^(x - 1) (1 + u p/(1 - p))^(n - x).
    The integrand falls from 1; where it is sure to be below exp(-25) the integral stops.
#}
{% macro staart_binomiaal(x, n, p, kant) -%}
    {%- if kant == 'laag' -%}
        {{ staart_binomiaal('(' ~ n ~ ' - ' ~ x ~ ')', n, '(1 - ' ~ p ~ ')', 'hoog') }}
    {%- else -%}
        case
            when {{ x }} <= 0 then 1
            when {{ x }} > {{ n }} then 0
            else least(
                1, {{ puntkans_binomiaal(x, n, p) }} * {{ x }} * {{ staartdeel_binomiaal(x, n, p) }}
            )
        end
    {%- endif -%}
{%- endmacro %}

{% macro staartdeel_binomiaal(x, n, p) -%}
    {%- set kans = '(' ~ p ~ ' / nullif(1 - ' ~ p ~ ', 0))' -%}
    {%- set helling = '(' ~ x ~ ' - 1 - (' ~ n ~ ' - ' ~ x ~ ') * ' ~ kans ~ ')' -%}
    {%- set tot = 'least(' ~ staart_bereik(helling, '(' ~ x ~ ' - 1)', '0') ~ ', '
        ~ staart_bereik(helling, '(' ~ n ~ ' - ' ~ x ~ ') * ' ~ kans ~ ' * ' ~ kans, kans) ~ ')' -%}
    {{ integraal(
        'exp((' ~ x ~ ' - 1) * ln(1 - u) + (' ~ n ~ ' - ' ~ x ~ ') * ln(1 + ' ~ kans ~ ' * u))', tot
    ) }}
{%- endmacro %}

{#
    Where helling * u + bocht * u^2 / (2 + 2 * rek * u) passes 25, at most 1. It bounds the fall of the
    integrands from below: -ln(1 - u) >= u + u^2 / 2, and y - ln(1 + y) >= y^2 / (2 + 2 y).
#}
{% macro staart_bereik(helling, bocht, rek, hoogstens='1') -%}
    {%- set b = '(' ~ helling ~ ' - 25 * ' ~ rek ~ ')' -%}
    {%- set a = '(2 * ' ~ helling ~ ' * ' ~ rek ~ ' + ' ~ bocht ~ ')' -%}
    least({{ hoogstens }}, coalesce(50 / nullif(greatest(
        {{ b }} + sqrt(greatest({{ b }} * {{ b }} + 50 * {{ a }}, 0)), 0
    ), 0), {{ hoogstens }}))
{%- endmacro %}

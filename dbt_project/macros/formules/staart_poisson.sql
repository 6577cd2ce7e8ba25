{#
    Chance of x or more (kant 'hoog') or of x or fewer (kant 'laag') events when mu are expected; x is a
    whole number as a double, mu > 0. Within 1e-9 up to a million, and exact in proportion in the tail,
    where x lies on its own side of mu.

    The tail is the incomplete gamma function (Abramowitz and Stegun 26.4.21): with t = mu (1 - u)
    P(X >= x) = P(X = x) * x * integral over u from 0 to 1 of (1 - u)^(x - 1) exp(mu u), and with
    t = mu (1 + u) P(X <= x) = P(X = x) * mu * integral over u from 0 of (1 + u)^x exp(-mu u).
    The integrands fall from 1; where they are below exp(-25) the integral stops.
#}
{% macro staart_poisson(x, mu, kant) -%}
    {%- if kant == 'laag' -%}
        case
            when {{ x }} < 0 then 0
            else least(
                1, {{ puntkans_poisson(x, mu) }} * {{ mu }} * {{ staartdeel_poisson(x, mu, kant) }}
            )
        end
    {%- else -%}
        case
            when {{ x }} <= 0 then 1
            else least(
                1, {{ puntkans_poisson(x, mu) }} * {{ x }} * {{ staartdeel_poisson(x, mu, kant) }}
            )
        end
    {%- endif -%}
{%- endmacro %}

{% macro staartdeel_poisson(x, mu, kant) -%}
    {%- if kant == 'laag' -%}
        {{ integraal(
            'exp(' ~ x ~ ' * ln(1 + u) - ' ~ mu ~ ' * u)',
            staart_bereik('(' ~ mu ~ ' - ' ~ x ~ ')', x, '1', "cast('infinity' as double)")
        ) }}
    {%- else -%}
        {{ integraal(
            'exp((' ~ x ~ ' - 1) * ln(1 - u) + ' ~ mu ~ ' * u)',
            staart_bereik('(' ~ x ~ ' - 1 - ' ~ mu ~ ')', '(' ~ x ~ ' - 1)', '0')
        ) }}
    {%- endif -%}
{%- endmacro %}

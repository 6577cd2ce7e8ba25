{#
    Exact limits by the tail that lies beyond the observed count: the parameter at which that tail has
    the chance `alfa` (0.025 for a two-sided 95%). Newton's method on the logarithm of the tail, which is
    concave in the logarithm of the parameter, so every step but the first comes from the same side;
    four steps of a proportion and five of a count reach the last bits from the starts below.
#}

{# Lower or upper limit of a proportion (Clopper and Pearson 1934). x of n, whole numbers as doubles;
   null without a denominator. The upper limit of x is one minus the lower limit of n - x. #}
{% macro clopper_pearson(x, n, kant, alfa='0.025') -%}
    {%- if kant == 'hoog' -%}
        1 - ({{ clopper_pearson('(' ~ n ~ ' - ' ~ x ~ ')', n, 'laag', alfa) }})
    {%- else -%}
        {%- set rest = '(' ~ n ~ ' - ' ~ x ~ ' + 1)' -%}
        {%- set begin -%}
            1 / nullif(1 + {{ rest }} / nullif({{ x }}, 0) * exp(
                2 * sqrt(1 / nullif({{ x }}, 0) + 1 / nullif({{ rest }}, 0))
            ), 0)
        {%- endset -%}
        case
            when {{ n }} > 0 and {{ x }} <= 0 then 0
            when {{ n }} > 0 and {{ x }} >= {{ n }}
                then exp(ln({{ alfa }}) / nullif({{ n }}, 0))
            when {{ n }} > 0 then {{ herhaald(begin, 4, stap_clopper_pearson(x, n, alfa)) }}
        end
    {%- endif -%}
{%- endmacro %}

{% macro stap_clopper_pearson(x, n, alfa) -%}
    {%- set deel = staartdeel_binomiaal(x, n, 't') -%}
    1 / nullif(1 + (1 - t) / nullif(t, 0) * exp(
        ln({{ puntkans_binomiaal(x, n, 't') }} * {{ x }} * {{ deel }} / nullif({{ alfa }}, 0))
        * {{ deel }} / nullif(1 - t, 0)
    ), 0)
{%- endmacro %}

{# Lower or upper limit of the number of events that may be expected (Garwood 1936). x events, a whole
   number as a double. #}
{% macro poisson_exact(x, kant, alfa='0.025') -%}
    {%- if kant == 'hoog' -%}
        case
            when {{ x }} = 0 then -ln({{ alfa }})
            when {{ x }} > 0 then {{ herhaald(
                x ~ ' + 2 + 2 * sqrt(' ~ x ~ ')', 5, stap_poisson(x, 'laag', alfa)
            ) }}
        end
    {%- else -%}
        case
            when {{ x }} = 0 then 0
            when {{ x }} > 0
                then {{ herhaald(
                    x ~ ' + 2 - 2 * sqrt(' ~ x ~ ' + 1)', 5, stap_poisson(x, 'hoog', alfa)
                ) }}
        end
    {%- endif -%}
{%- endmacro %}

{% macro stap_poisson(x, kant, alfa) -%}
    {%- set deel = staartdeel_poisson(x, 't', kant) -%}
    t * exp({{ '-' if kant == 'hoog' }}ln(
        {{ puntkans_poisson(x, 't') }} * {{ x if kant == 'hoog' else 't' }} * {{ deel }}
        / nullif({{ alfa }}, 0)
    ) * {{ deel }})
{%- endmacro %}

{#
    One bound of the Wilson score interval of a proportion at 95% (Wilson 1927).
    `kant` is -1 for the lower and 1 for the upper bound. Null when the denominator is 0; within
    [0, 1] always, also for 0% and 100%.
#}
{% macro wilson(teller, noemer, kant) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set z2 = z * z -%}
    {%- set n = 'nullif(cast(' ~ noemer ~ ' as double), 0)' -%}
    {%- set p = '(cast(' ~ teller ~ ' as double) / ' ~ n ~ ')' -%}
    case when {{ noemer }} <> 0 then cast(round(least(1, greatest(0,
        (
            {{ p }} + {{ z2 }} / (2 * {{ n }})
            + ({{ kant }}) * {{ z }} * sqrt(
                greatest({{ p }} * (1 - {{ p }}), 0) / {{ n }}
                + {{ z2 }} / (4 * {{ n }} * {{ n }})
            )
        ) / nullif(1 + {{ z2 }} / {{ n }}, 0)
    )), 6) as decimal(18, 6)) end
{%- endmacro %}

{# Lower or upper 95% limit of the number of events that may be expected when x happened (Byar's
   approximation: Breslow and Day 1987, section 2.3; the method of public health indicators). x is a
   double; the lower limit of 0 is 0. `derde` is a third of the normal quantile 1.96. #}
{% macro byar(x, kant) -%}
    {%- set derde = '0.653321328180018' -%}
    {%- if kant == 'laag' -%}
        case
            when {{ x }} <= 0 then 0
            else {{ byar_van(x, '- ' ~ derde) }}
        end
    {%- else -%}
        {{ byar_van('(greatest(' ~ x ~ ', 0) + 1)', '+ ' ~ derde) }}
    {%- endif -%}
{%- endmacro %}

{% macro byar_van(x, stap) -%}
    ({{ x }} * power(
        1 - 1 / nullif(9 * {{ x }}, 0) {{ stap }} * sqrt(1 / nullif({{ x }}, 0)), 3
    ))
{%- endmacro %}

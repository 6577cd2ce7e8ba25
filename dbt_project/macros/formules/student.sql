{#
    97.5% quantile of Student's t with `df` degrees of freedom, df >= 1 a double: from the expansion in
    powers of 1/df (Abramowitz and Stegun 26.7.5), improved by Newton's method on the distribution
    function, which is a half and the integral of its density from 0 on. Within 1e-9.
#}
{% macro student_t(df) -%}
    case
        when {{ df }} = 1 then 12.7062047361747
        when {{ df }} > 1 then {{ herhaald(student_t_benadering(df), 5, stap_student_t(df)) }}
    end
{%- endmacro %}

{% macro student_t_benadering(df) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set g1 = (z ** 3 + z) / 4 -%}
    {%- set g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 -%}
    {%- set g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384 -%}
    ({{ z }} + ({{ g1 }} + ({{ g2 }} + {{ g3 }} / nullif({{ df }}, 0)) / nullif({{ df }}, 0))
        / nullif({{ df }}, 0))
{%- endmacro %}

{# t - (F(t) - 0.975) / f(t). The constant of the density is from ln gamma((df + 1) / 2) less
   ln gamma(df / 2), both as Stirling's formula and its rest. #}
{% macro stap_student_t(df) -%}
    {%- set half = '(0.5 * ' ~ df ~ ')' -%}
    {%- set schaal -%}
        exp(
            {{ half }} * ln(1 + 0.5 / nullif({{ half }}, 0)) - 0.5
            + {{ stirling_rest('(' ~ half ~ ' + 0.5)') }} - {{ stirling_rest(half) }}
        ) * 0.398942280401432678
    {%- endset -%}
    {%- set macht = '(-0.5 * (' ~ df ~ ' + 1))' -%}
    t - ({{ integraal('exp(' ~ macht ~ ' * ln(1 + u * u / nullif(' ~ df ~ ', 0)))', 't') }}
        - 0.475 / nullif({{ schaal }}, 0))
        / nullif(exp({{ macht }} * ln(1 + t * t / nullif({{ df }}, 0))), 0)
{%- endmacro %}

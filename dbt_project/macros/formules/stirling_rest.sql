{#
    What Stirling's formula leaves of ln k!: ln k! - ((k + 1/2) ln k - k + ln(2 pi) / 2), for k > 0,
    whole or not. The series in powers of 1/k (Abramowitz and Stegun 6.1.41) is used from 16 on;
    below, it is taken eight further and led back by the recurrence of the factorial. Within 1e-13.
    It keeps the chances of large counts exact where the difference of two logarithms of factorials
    would not be (Loader 2000).
#}
{% macro stirling_rest(k) -%}
    case
        when {{ k }} >= 16 then {{ stirling_reeks(k) }}
        when {{ k }} > 0
            then {{ stirling_reeks('(' ~ k ~ ' + 8)') }} - 8
            {%- for j in range(8) %}
                + ({{ k }} + {{ j }}.5) * ln(1 + 1 / nullif({{ k }} + {{ j }}, 0))
            {%- endfor %}
    end
{%- endmacro %}

{% macro stirling_reeks(k) -%}
    {%- set k2 = k ~ ' * ' ~ k -%}
    (
        (
            0.0833333333333333333
            - (
                0.00277777777777777778
                - (
                    0.000793650793650793651
                    - (0.000595238095238095238 - 0.000841750841750841751 / nullif({{ k2 }}, 0)) / nullif({{ k2 }}, 0)
                ) / nullif({{ k2 }}, 0)
            ) / nullif({{ k2 }}, 0)
        ) / nullif({{ k }}, 0)
    )
{%- endmacro %}

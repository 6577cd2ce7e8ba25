{#
    Deviates of a distribution with mean 0, spread 1 and skewness g from normal ones and back: the
    cube-root transformation of Wilson and Hilferty (1931) for the Pearson III (shifted gamma)
    distribution. With g = 0 both give what they are given. A sum of skewed amounts, such as euros a
    patient, is far from normal in its tails while its skewness is not small.
#}
{% macro normaal_naar_scheef(z, g) -%}
    case
        when abs({{ g }}) < 0.00001 then {{ z }}
        else (power(greatest(1 + {{ g }} * {{ z }} / nullif(6.0, 0)
            - {{ g }} * {{ g }} / nullif(36.0, 0), 0), 3) - 1) * 2 / nullif({{ g }}, 0)
    end
{%- endmacro %}

{% macro scheef_naar_normaal(t, g) -%}
    case
        when abs({{ g }}) < 0.00001 then {{ t }}
        else (cbrt(greatest(1 + {{ g }} * {{ t }} / nullif(2.0, 0), 0)) - 1)
            * 6 / nullif({{ g }}, 0) + {{ g }} / nullif(6.0, 0)
    end
{%- endmacro %}

{#
    The limit at the normal quantile z (kant 'hoog') or -z ('laag'). Beyond a skewness of 0.45 the real
    distribution is not known well enough to narrow a limit, so there the wider of this and the normal
    limit holds: a simulation of costs shows that neither alone keeps its promise.
#}
{% macro grens_scheef(z, g, kant) -%}
    {%- set teken, uiterste = ('-', 'least') if kant == 'laag' else ('', 'greatest') -%}
    case
        when abs({{ g }}) <= 0.45 then {{ normaal_naar_scheef(teken ~ z, g) }}
        else {{ uiterste }}({{ teken }}{{ z }}, {{ normaal_naar_scheef(teken ~ z, g) }})
    end
{%- endmacro %}

{# The distance in normal quantiles at which a deviate t lies, by the same rule. #}
{% macro afstand_scheef(t, g) -%}
    case
        when abs({{ g }}) <= 0.45 then abs({{ scheef_naar_normaal(t, g) }})
        else least(abs({{ t }}), abs({{ scheef_naar_normaal(t, g) }}))
    end
{%- endmacro %}

{#
    Chances of a count s of a row: Poisson with mean mu when `is_aantal`, else binomial with n and p.
    The tail is that of s and beyond, away from what is expected: upwards, or downwards when `richting`
    is -1.
#}
{% macro puntkans_telling() -%}
    case
        when is_aantal then {{ puntkans_poisson('s', 'mu') }}
        else {{ puntkans_binomiaal('s', 'n', 'p') }}
    end
{%- endmacro %}

{# `s_ver` and `p_ver` are s and p, or when richting is -1 their mirror images n - s and 1 - p. #}
{% macro staart_telling() -%}
    case
        when is_aantal and richting = -1 then {{ staart_poisson('s', 'mu', 'laag') }}
        when is_aantal then {{ staart_poisson('s', 'mu', 'hoog') }}
        else {{ staart_binomiaal('s_ver', 'n', 'p_ver', 'hoog') }}
    end
{%- endmacro %}

{#
    Chance of the count that lies j steps further than s, from f, the chance of s itself, by the
    recurrence of Panjer (1981): from k to k + 1 the chance is multiplied by (a - b k) / (k + 1), with
    a = mu and b = 0 for the Poisson, a = n p/(1 - p) and b = p/(1 - p) for the binomial distribution.
#}
{% macro puntkans_verder(j) -%}
    case
        when richting * {{ j }} > 0 then f
            {%- for i in range(j | abs) %}
            * greatest(a - b * (s + {{ i }}), 0) / nullif(s + {{ i + 1 }}, 0)
            {%- endfor %}
        when richting * {{ j }} < 0 then f
            {%- for i in range(j | abs) %}
            * greatest(s - {{ i }}, 0) / nullif(a - b * (s - {{ i + 1 }}), 0)
            {%- endfor %}
        else f
    end
{%- endmacro %}

{# Tail of the count that lies j steps further than s: sums of at most three chances with k, the tail
   of s itself. #}
{% macro staart_verder(j) -%}
    (k
        {%- for i in range(j, 0) %} + f_{{ stap_naam(i) }}{% endfor %}
        {%- for i in range(0, j) %} - f_{{ stap_naam(i) }}{% endfor %})
{%- endmacro %}

{% macro stap_naam(j) -%}
    {{ 'terug' if j < 0 else 'verder' }}_{{ j | abs }}
{%- endmacro %}

{# Whether the count j steps further is beyond the chance alfa; of the count itself the part `midden`
   of its chance is left out (mid-P). #}
{% macro is_buiten(j, alfa) -%}
    {{ staart_verder(j) }} - midden * f_{{ stap_naam(j) }} < {{ alfa }}
{%- endmacro %}

{# The nearest count that is beyond the chance alfa; it is sought from three steps back to three
   further. And the chance of that count and beyond. #}
{% macro eerste_buiten(alfa) -%}
    s + richting * (4
        {%- for j in range(-3, 4) %} - case when {{ is_buiten(j, alfa) }} then 1 else 0 end
        {%- endfor %})
{%- endmacro %}

{% macro kans_buiten(alfa) -%}
    greatest(0
        {%- for j in range(-3, 4) %},
        case when {{ is_buiten(j, alfa) }} then {{ staart_verder(j) }} else 0 end
        {%- endfor %})
{%- endmacro %}

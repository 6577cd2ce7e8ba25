{# Repeats `t := stap(t)` a number of times from a first value; `stap` is an expression in `t`. #}
{% macro herhaald(begin, keer, stap) -%}
    {{ adapter.dispatch('herhaald')(begin, keer, stap) }}
{%- endmacro %}

{% macro duckdb__herhaald(begin, keer, stap) -%}
    list_reduce(
        [cast({{ begin }} as double){% for _ in range(keer) %}, 0{% endfor %}],
        lambda t, keer: {{ stap }}
    )
{%- endmacro %}

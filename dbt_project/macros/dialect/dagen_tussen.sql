{# Whole days from one date to another; negative when the second is earlier. #}
{% macro dagen_tussen(begin, eind) -%}
    {{ adapter.dispatch('dagen_tussen')(begin, eind) }}
{%- endmacro %}

{% macro duckdb__dagen_tussen(begin, eind) -%}
    date_diff('day', {{ begin }}, {{ eind }})
{%- endmacro %}

{# Whole seconds that passed from one moment to another; negative when the second is earlier. #}
{% macro seconden_tussen(begin, eind) -%}
    {{ adapter.dispatch('seconden_tussen')(begin, eind) }}
{%- endmacro %}

{% macro duckdb__seconden_tussen(begin, eind) -%}
    date_sub('second', {{ begin }}, {{ eind }})
{%- endmacro %}

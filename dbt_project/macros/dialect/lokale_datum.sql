{# Calendar date in the Netherlands of a moment stored in UTC. #}
{% macro lokale_datum(tijdstip) -%}
    {{ adapter.dispatch('lokale_datum')(tijdstip) }}
{%- endmacro %}

{% macro duckdb__lokale_datum(tijdstip) -%}
    cast(timezone('Europe/Amsterdam', timezone('UTC', {{ tijdstip }})) as date)
{%- endmacro %}

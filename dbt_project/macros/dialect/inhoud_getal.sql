{# A number for the content of a row, for checksums alone: the engine's own hash over the values, some
   fifteen times less work than an MD5 over their text. It may differ between engines and between
   versions of one, so no order and no key may rest on it; that two rows are equal may. #}
{% macro inhoud_getal(kolommen) -%}
    {{ adapter.dispatch('inhoud_getal')(kolommen) }}
{%- endmacro %}

{% macro duckdb__inhoud_getal(kolommen) -%}
    hash({{ kolommen | join(', ') }})
{%- endmacro %}

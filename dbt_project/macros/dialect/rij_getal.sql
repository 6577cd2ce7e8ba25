{# A number below 2^60 for the content of a row: the first 15 hexadecimal digits of its MD5. Sums of
   these numbers do not depend on the order of rows and count repetitions. #}
{% macro rij_getal(kolommen) -%}
    {{ adapter.dispatch('rij_getal')(kolommen) }}
{%- endmacro %}

{% macro duckdb__rij_getal(kolommen) -%}
    cast('0x' || left({{ sleutel(kolommen) }}, 15) as bigint)
{%- endmacro %}

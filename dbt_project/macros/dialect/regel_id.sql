{# Key of a declaration line, in sixteen bytes: what its table, message and identification are together,
   in an eighth of the memory. Null when one of them is. #}
{% macro regel_id(relatie, tabel=none) -%}
    {{ adapter.dispatch('regel_id')(relatie, tabel) }}
{%- endmacro %}

{% macro duckdb__regel_id(relatie, tabel) -%}
    md5_number(
        {{ "'" ~ tabel ~ "'" if tabel else relatie ~ '.tabel' }}
        || '|' || {{ relatie }}.bericht_sleutel || '|' || {{ relatie }}.identificatie
    )
{%- endmacro %}

{% macro default__regel_id(relatie, tabel) -%}
    md5(
        concat(
            {{ "'" ~ tabel ~ "'" if tabel else relatie ~ '.tabel' }},
            '|', {{ relatie }}.bericht_sleutel, '|', {{ relatie }}.identificatie
        )
    )
{%- endmacro %}

{#
    A staging model of a kerngegevens table: the valid version of every resource, in named columns.

    `namen` maps a raw column to the name it gets from here on, where that differs.
#}
{% macro fhir_staging(tabel, kolommen, namen={}) -%}
with {{ fhir_versies(tabel, kolommen) }}

select
    bron_id,
    levering_id,
    bestand,
    regel,
    resource_sleutel,
    beschikbaar_op,
    eerst_beschikbaar_op,
    profiel,
    geregistreerd_op,
    {% for kolom in kolommen -%}
    {{ kolom }}{{ ' as ' ~ namen[kolom] if kolom in namen }}{{ ',' if not loop.last }}
    {% endfor %}
from geldig
{%- endmacro %}

{#
    A staging model of a table that holds parts of a resource: components, members, answers.

    A version of a resource can have no parts at all, and then has no row here. So the parts do not
    decide which version is valid: the staging model of the whole does, down to the delivered
    record, and the parts of that record follow. `namen` is as in `fhir_staging`.
#}
{% macro fhir_deel_staging(tabel, geheel, kolommen, namen={}) -%}
with geldig as (
    select distinct
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        eerst_beschikbaar_op
    from {{ ref('stg_' ~ geheel) }}
)

select distinct
    deel.bron_id,
    deel.levering_id,
    deel.bestand,
    deel.regel,
    deel.resource_sleutel,
    deel.beschikbaar_op,
    geldig.eerst_beschikbaar_op,
    deel.profiel,
    deel.geregistreerd_op,
    {% for kolom in kolommen -%}
    deel.{{ kolom }}{{ ' as ' ~ namen[kolom] if kolom in namen }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ source('raw', tabel) }} as deel
inner join geldig
    on
        deel.bron_id = geldig.bron_id
        and deel.levering_id = geldig.levering_id
        and deel.bestand = geldig.bestand
        and deel.regel = geldig.regel
        and deel.resource_sleutel = geldig.resource_sleutel
{%- endmacro %}

{#
    CTEs that leave, in `geldig`, the valid version of every resource of a raw table.

    The newest version wins by the moment of availability, then by version number. When a source
    delivers two contents under one version, the content decides and never the order of delivery.
    A resource can have several rows (one a coding); rows of one delivered record stay together.
    `eerst_beschikbaar_op` is the first moment any version of the resource was available.
#}
{% macro fhir_versies(tabel, kolommen) -%}
bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        versie_id,
        beschikbaar_op,
        profiel,
        geregistreerd_op,
        {{ kolommen | join(',\n        ') }},
        {{ rij_getal(['profiel', 'geregistreerd_op'] + kolommen) }} as rij_getal
    from {{ source('raw', tabel) }}
),

record as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        versie_id,
        beschikbaar_op,
        profiel,
        geregistreerd_op,
        {{ kolommen | join(',\n        ') }},
        min(beschikbaar_op) over (
            partition by bron_id, resource_sleutel
        ) as eerst_beschikbaar_op,
        sum(rij_getal) over (
            partition by bron_id, resource_sleutel, levering_id, bestand, regel
        ) as record_getal
    from bron
),

gerangschikt as (
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
        {{ kolommen | join(',\n        ') }},
        rank() over (
            partition by bron_id, resource_sleutel
            order by
                beschikbaar_op desc nulls last,
                try_cast(versie_id as bigint) desc nulls last,
                versie_id desc nulls last,
                record_getal desc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgorde
    from record
),

geldig as (
    select distinct
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        beschikbaar_op,
        eerst_beschikbaar_op,
        profiel,
        geregistreerd_op,
        {{ kolommen | join(',\n        ') }}
    from gerangschikt
    where volgorde = 1
)
{%- endmacro %}

{#
    CTEs that leave, in `geldig`, the valid version of every resource of a raw table.

    The newest version wins by the moment of availability, then by version number. When a source
    delivers two contents under one version, the content decides and never the order of delivery.
    A resource can have several rows (one a coding); rows of one delivered record stay together.
    `eerst_beschikbaar_op` is the first moment any version of the resource was available.

    A deletion takes the resource away unless its newest version is newer than the deletion: by
    moment, and where that is equal or unknown by version number. A deletion of which nothing is
    known is final. A later re-creation is a newer version, so it wins (docs/decisions/0012).

    A resource with one row has nothing to be ranked with, and is not.
#}
{% macro fhir_versies(tabel, kolommen) -%}
{%- set een = ['bron_id', 'resource_sleutel'] -%}
{{ meermaals(tabel, een) }},

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
    inner join meermaals on {{ op_meermaals(een) }}
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
        versie_id,
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

nieuwste as (
    select distinct
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        versie_id,
        beschikbaar_op,
        eerst_beschikbaar_op,
        profiel,
        geregistreerd_op,
        {{ kolommen | join(',\n        ') }}
    from gerangschikt
    where volgorde = 1
    union all
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        versie_id,
        beschikbaar_op,
        beschikbaar_op as eerst_beschikbaar_op,
        profiel,
        geregistreerd_op,
        {{ kolommen | join(',\n        ') }}
    from {{ source('raw', tabel) }}
    left join meermaals on {{ op_meermaals(een) }}
    where is_meermaals is null
),

verwijderd as (
    select distinct
        nieuwste.bron_id,
        nieuwste.resource_sleutel
    from nieuwste
    inner join {{ ref('stg_fhir_verwijdering') }} as verwijdering
        on
            nieuwste.bron_id = verwijdering.bron_id
            and nieuwste.resource_sleutel = verwijdering.resource_sleutel
    where
        case
            when verwijdering.verwijderd_op <> nieuwste.beschikbaar_op
                then verwijdering.verwijderd_op > nieuwste.beschikbaar_op
            else coalesce(
                try_cast(verwijdering.versie_id as bigint)
                >= try_cast(nieuwste.versie_id as bigint),
                true
            )
        end
),

geldig as (
    select
        nieuwste.bron_id,
        nieuwste.levering_id,
        nieuwste.bestand,
        nieuwste.regel,
        nieuwste.resource_sleutel,
        nieuwste.beschikbaar_op,
        nieuwste.eerst_beschikbaar_op,
        nieuwste.profiel,
        nieuwste.geregistreerd_op,
        {% for kolom in kolommen -%}
        nieuwste.{{ kolom }}{{ ',' if not loop.last }}
        {% endfor %}
    from nieuwste
    left join verwijderd
        on
            nieuwste.bron_id = verwijderd.bron_id
            and nieuwste.resource_sleutel = verwijderd.resource_sleutel
    where verwijderd.resource_sleutel is null
)
{%- endmacro %}

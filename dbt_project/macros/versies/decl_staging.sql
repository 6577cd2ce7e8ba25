{#
    A staging model of a declaration table: every record once a message, history included.

    The key of a message is the hash of its text, so a message that was delivered again has the
    same records; `sleutel` says what a record is within it. Two records that share that key stay
    two when their content differs: the build judges them, and the order of delivery never does.
#}
{% macro decl_staging(tabel, sleutel, kolommen) -%}
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        {{ (sleutel + kolommen) | join(',\n        ') }},
        row_number() over (
            partition by {{ sleutel | join(', ') }}, {{ inhoud_getal(kolommen) }}
            order by bron_id asc, levering_id asc, bestand asc, regel asc
        ) as volgnr
    from {{ source('raw', tabel) }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    {{ (sleutel + kolommen) | join(',\n    ') }}
from genummerd
where volgnr = 1
{%- endmacro %}

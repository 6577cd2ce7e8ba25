{#
    A staging model of a declaration table: every record once a message, history included.

    The key of a message is the hash of its text, so a message that was delivered again has the
    same records; `sleutel` says what a record is within it. Two records that share that key stay
    two when their content differs: the build judges them, and the order of delivery never does.
#}
{% macro decl_staging(tabel, sleutel, kolommen) -%}
{%- set alle = ['bron_id', 'levering_id', 'bestand', 'regel'] + sleutel + kolommen -%}
with {{ meermaals(tabel, sleutel) }},

genummerd as (
    select
        {{ alle | join(',\n        ') }},
        row_number() over (
            partition by {{ sleutel | join(', ') }}, {{ inhoud_getal(kolommen) }}
            order by bron_id asc, levering_id asc, bestand asc, regel asc
        ) as volgnr
    from {{ source('raw', tabel) }}
    inner join meermaals on {{ op_meermaals(sleutel) }}
)

select
    {{ alle | join(',\n    ') }}
from {{ source('raw', tabel) }}
left join meermaals on {{ op_meermaals(sleutel) }}
where is_meermaals is null
union all
select
    {{ alle | join(',\n    ') }}
from genummerd
where volgnr = 1
{%- endmacro %}

{#
    A staging model of a register: one row a key. A later period replaces an earlier one; what comes
    first within a period is `voorrang`, then the content, and never the order of delivery.

    `sleutel` and `kolommen` are columns of the raw table, `deel` says what makes a key where that is
    more than the columns themselves, `namen` gives a column another name.
#}
{% macro register_staging(tabel, sleutel, kolommen, deel=none, voorrang=[], namen={}) -%}
{%- set een = deel or sleutel -%}
{%- set alle = ['bron_id', 'levering_id', 'bestand', 'regel'] + sleutel + kolommen -%}
with {{ meermaals(tabel, een) }},

genummerd as (
    select
        {{ alle | join(',\n        ') }},
        row_number() over (
            partition by {{ een | join(', ') }}
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {% for term in voorrang -%}
                    {{ term }} desc nulls last,
                {% endfor -%}
                {{ rij_getal(kolommen) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', tabel) }}
    inner join meermaals on {{ op_meermaals(een) }}
),

geldig as (
    select
        {{ alle | join(',\n        ') }}
    from {{ source('raw', tabel) }}
    left join meermaals on {{ op_meermaals(een) }}
    where is_meermaals is null
    union all
    select
        {{ alle | join(',\n        ') }}
    from genummerd
    where volgnr = 1
)

select
    {% for kolom in alle -%}
        {{ kolom }}{{ ' as ' ~ namen[kolom] if kolom in namen }}{{ ',' if not loop.last }}
    {% endfor -%}
from geldig
{%- endmacro %}

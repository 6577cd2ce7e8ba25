{#
    A staging model of a register: one row a key. A later period replaces an earlier one; what comes
    first within a period is `voorrang`, then the content, and never the order of delivery.

    `sleutel` and `kolommen` are columns of the raw table, `deel` says what makes a key where that is
    more than the columns themselves, `namen` gives a column another name.
#}
{% macro register_staging(tabel, sleutel, kolommen, deel=none, voorrang=[], namen={}) -%}
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        {{ (sleutel + kolommen) | join(',\n        ') }},
        row_number() over (
            partition by {{ (deel or sleutel) | join(', ') }}
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
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    {% for kolom in sleutel + kolommen -%}
        {{ kolom }}{{ ' as ' ~ namen[kolom] if kolom in namen }}{{ ',' if not loop.last }}
    {% endfor -%}
from genummerd
where volgnr = 1
{%- endmacro %}

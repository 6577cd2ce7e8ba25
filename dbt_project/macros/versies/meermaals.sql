{#
    CTE `meermaals`: keys of a raw table that occur in more than one row. What is delivered once is
    by far the most; ranking it would sort every column of it. `sleutel` are expressions.
#}
{% macro meermaals(tabel, sleutel) -%}
meermaals as (
    select
        {% for term in sleutel -%}
        {{ term }} as sleutel_{{ loop.index }},
        {% endfor -%}
        true as is_meermaals
    from {{ source('raw', tabel) }}
    group by {{ sleutel | join(', ') }}
    having count(*) > 1
)
{%- endmacro %}

{# The join condition with `meermaals`; an empty part of a key is a value like any other. #}
{% macro op_meermaals(sleutel) -%}
    {% for term in sleutel -%}
        {{ 'and ' if not loop.first }}{{ term }} is not distinct from meermaals.sleutel_{{ loop.index }}
    {% endfor %}
{%- endmacro %}

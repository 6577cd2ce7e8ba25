{#
    Rows of a list with the days on which each of them holds, both bounds included and never null.

    A row holds from its geldig_van (empty: always) to its geldig_tot, and ends the day before the
    next row of the same key begins. So a change is a new row; the row before it need not be
    touched. `doorlopend` ignores where a row says it ends and where the first one begins: for what
    must have one answer on every day.
#}
{% macro met_geldigheid(relatie, sleutel, kolommen, doorlopend=false) -%}
    select
        {{ (sleutel + kolommen) | join(',\n        ') }},
        {% if doorlopend -%}
        case
            when lag({{ sleutel[0] }}) over (
                partition by {{ sleutel | join(', ') }}
                order by cast(geldig_van as date) asc nulls first
            ) is null then date '0001-01-01'
            else cast(geldig_van as date)
        end as geldig_van,
        {% else -%}
        coalesce(cast(geldig_van as date), date '0001-01-01') as geldig_van,
        {% endif -%}
        least(
            {{ "date '9999-12-31'" if doorlopend
               else "coalesce(cast(geldig_tot as date), date '9999-12-31')" }},
            coalesce(
                cast(
                    lead(cast(geldig_van as date)) over (
                        partition by {{ sleutel | join(', ') }}
                        order by cast(geldig_van as date) asc nulls first
                    ) - interval 1 day as date
                ),
                date '9999-12-31'
            )
        ) as geldig_tot
    from {{ relatie }}
{%- endmacro %}

{# Whether a row of `met_geldigheid` holds on a day; on an unknown day the last row does. #}
{% macro geldig_op(relatie, datum) -%}
    coalesce({{ datum }}, date '9999-12-31')
    between {{ relatie }}.geldig_van and {{ relatie }}.geldig_tot
{%- endmacro %}

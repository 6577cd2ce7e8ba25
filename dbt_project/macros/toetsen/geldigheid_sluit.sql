{# Data test: of every key the rows with geldig_van and geldig_tot hold on days that neither overlap
   nor leave a gap, and none ends before it begins. A row without geldig_tot ends by itself where
   the next one begins, so only what is written down can be wrong. #}
{% test geldigheid_sluit(model, kolommen) %}
with rij as (
    select
        {{ kolommen | join(',\n        ') }},
        cast(geldig_van as date) as van,
        cast(geldig_tot as date) as tot,
        row_number() over (
            partition by {{ kolommen | join(', ') }}
            order by cast(geldig_van as date) asc nulls first
        ) as volgnr,
        lead(cast(geldig_van as date)) over (
            partition by {{ kolommen | join(', ') }}
            order by cast(geldig_van as date) asc nulls first
        ) as volgende_van
    from {{ model }}
)

select
    {{ kolommen | join(',\n    ') }},
    van,
    tot,
    volgende_van
from rij
where
    (tot is not null and volgende_van is not null
     and volgende_van <> cast(tot + interval 1 day as date))
    or tot < van
    or volgende_van = van
    or (van is null and volgnr > 1)
    {%- for kolom in kolommen %}
    or {{ kolom }} is null
    {%- endfor %}
{% endtest %}

-- Unity of language: per source and part how many records are coded in a standard and are mapped to
-- a concept, per code system and in total. A record with several codings counts once in the total.
with record as (
    select
        bron_id,
        onderdeel,
        resource_sleutel,
        'TOTAAL' as codestelsel,
        max(is_standaard) as is_standaard,
        max(heeft_begrip) as heeft_begrip
    from {{ ref('int_codering') }}
    group by bron_id, onderdeel, resource_sleutel
    union all
    select
        bron_id,
        onderdeel,
        resource_sleutel,
        codestelsel,
        is_standaard,
        heeft_begrip
    from {{ ref('int_codering') }}
),

telling as (
    select
        bron_id,
        onderdeel,
        codestelsel,
        count(*) as n_records,
        sum(is_standaard) as n_standaard,
        sum(heeft_begrip) as n_begrip
    from record
    group by bron_id, onderdeel, codestelsel
),

naam as (
    select
        codestelsel,
        max(naam) as naam
    from {{ ref('codestelsel') }}
    group by codestelsel
)

select
    telling.bron_id,
    telling.onderdeel,
    telling.codestelsel,
    naam.naam as codestelsel_naam,
    telling.n_records,
    cast(telling.n_standaard as bigint) as n_standaard,
    cast(telling.n_begrip as bigint) as n_begrip,
    cast(telling.n_standaard as double) / nullif(telling.n_records, 0) as aandeel_standaard,
    cast(telling.n_begrip as double) / nullif(telling.n_records, 0) as aandeel_begrip
from telling
left join naam on telling.codestelsel = naam.codestelsel

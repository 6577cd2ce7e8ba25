-- Under which code a care provider that was succeeded counts, and on which days: its own until the
-- last day of its validity, that of its successor from the next one on. A successor without a last
-- day is announced and changes nothing yet.
with boek as (
    select
        zorgaanbieder_id,
        opvolger_id,
        geldig_tot as laatste_dag,
        lead(geldig_van) over (partition by zorgaanbieder_id order by geldig_van) as volgende_van
    from {{ ref('stg_reg_zorgaanbieder') }}
),

stap as (
    select
        zorgaanbieder_id as code,
        opvolger_id as opvolger,
        cast(laatste_dag + interval 1 day as date) as vanaf,
        coalesce(
            cast(volgende_van - interval 1 day as date), date '9999-12-31'
        ) as tot
    from boek
    where
        opvolger_id <> zorgaanbieder_id
        and laatste_dag is not null
        and (volgende_van is null or volgende_van > laatste_dag)
),

{{ opvolging() }}

select
    code as zorgaanbieder_id,
    eenheid as eenheid_id,
    geldig_van,
    geldig_tot
from opvolging

-- Whether a definition is accepted, by day: accepted while every party type that has to agree does.
-- A definition that is not accepted is computed like any other, and is never published.
with akkoord as (
    select
        indicator_id,
        definitie_versie,
        partijtype,
        cast(akkoord_op as date) as geldig_van,
        coalesce(cast(ingetrokken_op as date) - interval 1 day, date '9999-12-31') as geldig_tot
    from {{ ref('ref_indicator_akkoord') }}
),

-- Days on which something can change, and the beginning of time.
dag as (
    select
        indicator_id,
        definitie_versie,
        date '0001-01-01' as geldig_van
    from {{ ref('ref_indicator') }}
    union
    select
        indicator_id,
        definitie_versie,
        geldig_van
    from akkoord
    union
    select
        indicator_id,
        definitie_versie,
        cast(geldig_tot + interval 1 day as date) as geldig_van
    from akkoord
    where geldig_tot < date '9999-12-31'
),

per_type as (
    select
        dag.indicator_id,
        dag.definitie_versie,
        dag.geldig_van,
        soort.partijtype,
        count(akkoord.partijtype) > 0 as is_akkoord
    from dag
    cross join {{ ref('ref_partijtype') }} as soort
    left join akkoord
        on
            dag.indicator_id = akkoord.indicator_id
            and dag.definitie_versie = akkoord.definitie_versie
            and soort.partijtype = akkoord.partijtype
            and dag.geldig_van between akkoord.geldig_van and akkoord.geldig_tot
    where soort.vereist = 'ja'
    group by dag.indicator_id, dag.definitie_versie, dag.geldig_van, soort.partijtype
),

stand as (
    select
        indicator_id,
        definitie_versie,
        geldig_van,
        coalesce(
            string_agg(case when not is_akkoord then partijtype end, ';' order by partijtype), ''
        ) as ontbrekend
    from per_type
    group by indicator_id, definitie_versie, geldig_van
)

select
    indicator_id,
    definitie_versie,
    geldig_van,
    cast(
        coalesce(
            lead(geldig_van) over (
                partition by indicator_id, definitie_versie
                order by geldig_van
            ) - interval 1 day,
            date '9999-12-31'
        ) as date
    ) as geldig_tot,
    case when ontbrekend = '' then 'geaccepteerd' else 'voorstel' end as akkoord,
    ontbrekend
from stand

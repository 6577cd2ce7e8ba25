-- In which gemeente and zorgkantoorregio a postcode area lies on which days: that of the newest
-- year of the population register up to then (the oldest one, before the first), carried on
-- through what became of that gemeente since. Every area lies in one gemeente on every day.
with met_buren as (
    select
        pc4,
        gemeente_code,
        cast(jaar as integer) as jaar,
        lag(jaar) over (partition by pc4 order by jaar) as vorig_jaar,
        cast(lead(jaar) over (partition by pc4 order by jaar) as integer) as volgend_jaar
    from {{ ref('int_postcode_jaar') }}
),

per_jaar as (
    select
        pc4,
        gemeente_code,
        case
            when vorig_jaar is null then date '0001-01-01'
            else make_date(jaar, 1, 1)
        end as geldig_van,
        coalesce(make_date(volgend_jaar - 1, 12, 31), date '9999-12-31') as geldig_tot
    from met_buren
),

op_dag as (
    select
        per_jaar.pc4,
        coalesce(indeling.eenheid_code, per_jaar.gemeente_code) as gemeente_code,
        coalesce(indeling.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
        greatest(
            per_jaar.geldig_van, coalesce(indeling.geldig_van, per_jaar.geldig_van)
        ) as dag
    from per_jaar
    left join {{ ref('int_gemeente_indeling') }} as indeling
        on
            per_jaar.gemeente_code = indeling.gemeente_code
            and per_jaar.geldig_van <= indeling.geldig_tot
            and per_jaar.geldig_tot >= indeling.geldig_van
),

gewijzigd as (
    select
        pc4,
        gemeente_code,
        zorgkantoorregio_code,
        dag,
        lag(gemeente_code || ' ' || zorgkantoorregio_code) over (
            partition by pc4 order by dag
        ) as vorige
    from op_dag
)

select
    pc4,
    gemeente_code,
    zorgkantoorregio_code,
    dag as geldig_van,
    coalesce(
        cast(lead(dag) over (partition by pc4 order by dag) - interval 1 day as date),
        date '9999-12-31'
    ) as geldig_tot
from gewijzigd
where vorige is null or vorige <> gemeente_code || ' ' || zorgkantoorregio_code

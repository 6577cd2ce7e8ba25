-- Regions of both types with the days on which each row holds. A gemeente that was succeeded ends
-- the day before; its row says in which gemeente it went on.
with opvolger as (
    select
        gemeente_code,
        gemeente_naam,
        opvolger_code,
        cast(ingangsdatum as date) as ingangsdatum
    from {{ ref('gemeente_opvolger') }}
),

indeling as (
    {{ met_geldigheid(
        ref('regio_gemeente'),
        ['gemeente_code'],
        ['gemeente_naam', 'zorgkantoorregio_code', 'zorgkantoorregio_naam']
    ) }}
),

-- A gemeente that no layout names is known from its successor alone.
gemeente as (
    select
        gemeente_code,
        gemeente_naam,
        geldig_van,
        geldig_tot
    from indeling
    union all
    select
        opvolger.gemeente_code,
        opvolger.gemeente_naam,
        date '0001-01-01' as geldig_van,
        date '9999-12-31' as geldig_tot
    from opvolger
    left join indeling
        on opvolger.gemeente_code = indeling.gemeente_code
    where indeling.gemeente_code is null
),

tot_opvolging as (
    select
        gemeente.gemeente_code,
        gemeente.gemeente_naam,
        gemeente.geldig_van,
        least(
            gemeente.geldig_tot,
            coalesce(
                cast(opvolger.ingangsdatum - interval 1 day as date), date '9999-12-31'
            )
        ) as geldig_tot,
        opvolger.opvolger_code
    from gemeente
    left join opvolger
        on gemeente.gemeente_code = opvolger.gemeente_code
),

regio as (
    select
        zorgkantoorregio_code,
        max_by(zorgkantoorregio_naam, geldig_van) as zorgkantoorregio_naam,
        min(geldig_van) as geldig_van,
        max(geldig_tot) as geldig_tot
    from indeling
    group by zorgkantoorregio_code
)

select
    'gemeente' as regio_type,
    gemeente.gemeente_code as regio_code,
    gemeente.gemeente_naam as regio_naam,
    indeling.zorgkantoorregio_code,
    greatest(gemeente.geldig_van, indeling.geldig_van) as geldig_van,
    least(gemeente.geldig_tot, indeling.geldig_tot) as geldig_tot,
    gemeente.opvolger_code
from tot_opvolging as gemeente
inner join {{ ref('int_gemeente_indeling') }} as indeling
    on
        gemeente.gemeente_code = indeling.gemeente_code
        and gemeente.geldig_van <= indeling.geldig_tot
        and gemeente.geldig_tot >= indeling.geldig_van
where gemeente.geldig_van <= gemeente.geldig_tot
union all
select
    'zorgkantoorregio' as regio_type,
    zorgkantoorregio_code as regio_code,
    zorgkantoorregio_naam as regio_naam,
    zorgkantoorregio_code,
    geldig_van,
    geldig_tot,
    cast(null as varchar) as opvolger_code
from regio

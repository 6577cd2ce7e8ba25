-- Regions of both types, each with the zorgkantoorregio it belongs to.
with gemeente as (
    select
        gemeente_code,
        gemeente_naam,
        zorgkantoorregio_code,
        zorgkantoorregio_naam
    from {{ ref('regio_gemeente') }}
)

select
    'gemeente' as regio_type,
    gemeente_code as regio_code,
    gemeente_naam as regio_naam,
    zorgkantoorregio_code
from gemeente
union all
select
    'zorgkantoorregio' as regio_type,
    zorgkantoorregio_code as regio_code,
    max(zorgkantoorregio_naam) as regio_naam,
    zorgkantoorregio_code
from gemeente
group by zorgkantoorregio_code

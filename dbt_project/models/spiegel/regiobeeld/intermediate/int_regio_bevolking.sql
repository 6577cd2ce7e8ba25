-- Inhabitants per region, age class and year: as delivered, and after the last year as many times
-- more as the forecast says. `gegevensjaar` is the last year with data at or before a year.
with geteld as (
    select
        bevolking.jaar,
        indeling.zorgkantoorregio_code,
        klasse.leeftijdsklasse,
        sum(bevolking.inwoners) as inwoners
    from {{ ref('stg_reg_bevolking') }} as bevolking
    inner join {{ ref('int_postcode') }} as indeling
        on bevolking.pc4 = indeling.pc4
    inner join {{ ref('leeftijdsklasse') }} as klasse
        on
            cast(split_part(replace(bevolking.leeftijdsklasse, '+', '-'), '-', 1) as integer)
            between cast(klasse.van as integer) and cast(klasse.tot as integer)
    group by bevolking.jaar, indeling.zorgkantoorregio_code, klasse.leeftijdsklasse
),

laatste as (
    select max(jaar) as jaar from geteld
)

select
    jaar,
    zorgkantoorregio_code,
    leeftijdsklasse,
    jaar as gegevensjaar,
    'realisatie' as soort,
    cast(inwoners as decimal(18, 2)) as inwoners
from geteld
union all
select
    cast(prognose.jaar as integer) as jaar,
    geteld.zorgkantoorregio_code,
    geteld.leeftijdsklasse,
    geteld.jaar as gegevensjaar,
    'prognose' as soort,
    cast(
        round(geteld.inwoners * cast(prognose.factor as decimal(18, 4)), 2) as decimal(18, 2)
    ) as inwoners
from geteld
inner join laatste
    on geteld.jaar = laatste.jaar
inner join {{ ref('ref_bevolkingsprognose') }} as prognose
    on
        geteld.leeftijdsklasse = prognose.leeftijdsklasse
        and cast(prognose.jaar as integer) > laatste.jaar

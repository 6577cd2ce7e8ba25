-- Inhabitants per region, age class and year: as delivered, and after the last year as many times
-- more as the forecast says of the class in which theirs begins. `gegevensjaar` is the last year
-- with data at or before a year. Intake refuses a class that is none; one of before that rule has
-- no age, and counts among the inhabitants alone.
with gelezen as (
    select
        jaar,
        pc4,
        leeftijdsklasse,
        inwoners,
        try_cast(split_part(replace(leeftijdsklasse, '+', '-'), '-', 1) as integer) as van
    from {{ ref('stg_reg_bevolking') }}
),

geteld as (
    select
        bevolking.jaar,
        indeling.zorgkantoorregio_code,
        bevolking.leeftijdsklasse,
        bevolking.van,
        sum(bevolking.inwoners) as inwoners
    from gelezen as bevolking
    inner join {{ ref('int_postcode') }} as indeling
        on bevolking.pc4 = indeling.pc4
    group by
        bevolking.jaar,
        indeling.zorgkantoorregio_code,
        bevolking.leeftijdsklasse,
        bevolking.van
),

laatste as (
    select max(jaar) as jaar from geteld
)

select
    jaar,
    zorgkantoorregio_code,
    leeftijdsklasse,
    van,
    jaar as gegevensjaar,
    'realisatie' as soort,
    cast(inwoners as decimal(18, 2)) as inwoners
from geteld
union all
select
    cast(prognose.jaar as integer) as jaar,
    geteld.zorgkantoorregio_code,
    geteld.leeftijdsklasse,
    geteld.van,
    geteld.jaar as gegevensjaar,
    'prognose' as soort,
    cast(
        round(geteld.inwoners * cast(prognose.factor as decimal(18, 4)), 2) as decimal(18, 2)
    ) as inwoners
from geteld
inner join laatste
    on geteld.jaar = laatste.jaar
inner join {{ ref('leeftijdsklasse') }} as klasse
    on geteld.van between cast(klasse.van as integer) and cast(klasse.tot as integer)
inner join {{ ref('ref_bevolkingsprognose') }} as prognose
    on
        klasse.leeftijdsklasse = prognose.leeftijdsklasse
        and cast(prognose.jaar as integer) > laatste.jaar

-- Care per region, sector and year in euros: what care providers of the region deliver (aanbod),
-- and what its inhabitants would use at the national use of their age (vraag). Both stand still
-- after the last year with data, but for the inhabitants.
-- Age classes are those in which the inhabitants of a year were delivered: the last one is open.
with klasse as (
    select
        jaar,
        leeftijdsklasse,
        van,
        coalesce(lead(van) over (partition by jaar order by van) - 1, 999) as tot
    from (
        select distinct
            jaar,
            leeftijdsklasse,
            van
        from {{ ref('int_regio_bevolking') }}
        where soort = 'realisatie'
    ) as geleverd
),

-- By year of birth first, which leaves few rows to look up the rest for.
per_geboortejaar as (
    select
        extract(year from prestatie.begindatum) as jaar,
        prestatie.sector,
        prestatie.zorgaanbieder_id,
        persoon.geboortejaar,
        sum(prestatie.bedrag_eur) as bedrag_eur
    from {{ ref('fct_prestatie') }} as prestatie
    inner join {{ ref('dim_persoon') }} as persoon
        on prestatie.pseudo_id = persoon.pseudo_id
    group by
        extract(year from prestatie.begindatum),
        prestatie.sector,
        prestatie.zorgaanbieder_id,
        persoon.geboortejaar
),

prestatie as (
    select
        cast(deel.jaar as integer) as jaar,
        deel.sector,
        klasse.leeftijdsklasse,
        aanbieder.zorgkantoorregio_code,
        sum(deel.bedrag_eur) as bedrag_eur
    from per_geboortejaar as deel
    inner join klasse
        on
            deel.jaar = klasse.jaar
            and deel.jaar - deel.geboortejaar between klasse.van and klasse.tot
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on deel.zorgaanbieder_id = aanbieder.zorgaanbieder_id
    group by
        deel.jaar,
        deel.sector,
        klasse.leeftijdsklasse,
        aanbieder.zorgkantoorregio_code
),

bevolking as (
    select
        jaar,
        leeftijdsklasse,
        sum(inwoners) as inwoners
    from {{ ref('int_regio_bevolking') }}
    where soort = 'realisatie'
    group by jaar, leeftijdsklasse
),

gebruik as (
    select
        prestatie.jaar,
        prestatie.sector,
        prestatie.leeftijdsklasse,
        -- A decimal: a sum of doubles would depend on the order in which they are added.
        cast(
            {{ verhouding('sum(prestatie.bedrag_eur)', 'max(bevolking.inwoners)') }}
            as decimal(18, 6)
        ) as per_inwoner
    from prestatie
    inner join bevolking
        on
            prestatie.jaar = bevolking.jaar
            and prestatie.leeftijdsklasse = bevolking.leeftijdsklasse
    group by prestatie.jaar, prestatie.sector, prestatie.leeftijdsklasse
),

vraag as (
    select
        bevolking.jaar,
        bevolking.gegevensjaar,
        bevolking.soort,
        bevolking.zorgkantoorregio_code,
        gebruik.sector,
        cast(round(sum(bevolking.inwoners * gebruik.per_inwoner), 2) as decimal(18, 2))
            as zorgvraag_eur
    from {{ ref('int_regio_bevolking') }} as bevolking
    inner join gebruik
        on
            bevolking.gegevensjaar = gebruik.jaar
            and bevolking.leeftijdsklasse = gebruik.leeftijdsklasse
    group by
        bevolking.jaar,
        bevolking.gegevensjaar,
        bevolking.soort,
        bevolking.zorgkantoorregio_code,
        gebruik.sector
),

aanbod as (
    select
        jaar,
        sector,
        zorgkantoorregio_code,
        sum(bedrag_eur) as zorgaanbod_eur
    from prestatie
    group by jaar, sector, zorgkantoorregio_code
)

select
    vraag.jaar,
    vraag.soort,
    vraag.zorgkantoorregio_code,
    vraag.sector,
    vraag.zorgvraag_eur,
    cast(coalesce(aanbod.zorgaanbod_eur, 0) as decimal(18, 2)) as zorgaanbod_eur
from vraag
left join aanbod
    on
        vraag.gegevensjaar = aanbod.jaar
        and vraag.sector = aanbod.sector
        and vraag.zorgkantoorregio_code = aanbod.zorgkantoorregio_code

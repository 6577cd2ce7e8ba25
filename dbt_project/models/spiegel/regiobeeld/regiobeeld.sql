-- The picture of a region: inhabitants, care providers, care, need and the gap between the two, by
-- year, forecast years included (Integraal Zorgakkoord, lines 2503-2568).
with regiojaar as (
    select distinct
        zorgkantoorregio_code,
        jaar,
        gegevensjaar,
        soort
    from {{ ref('int_regio_bevolking') }}
),

soort_aanbieder as (
    select distinct soort from {{ ref('dim_zorgaanbieder') }}
),

-- A region without care providers of a kind has none: that is a figure too.
capaciteit as (
    select
        regiojaar.zorgkantoorregio_code,
        regiojaar.jaar,
        regiojaar.soort,
        soort_aanbieder.soort as onderdeel,
        count(aanbieder.zorgaanbieder_id) as waarde
    from regiojaar
    cross join soort_aanbieder
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on
            regiojaar.zorgkantoorregio_code = aanbieder.zorgkantoorregio_code
            and soort_aanbieder.soort = aanbieder.soort
            and aanbieder.geldig_van <= make_date(regiojaar.gegevensjaar, 12, 31)
            and coalesce(aanbieder.geldig_tot, date '9999-12-31')
            >= make_date(regiojaar.gegevensjaar, 12, 31)
    group by
        regiojaar.zorgkantoorregio_code,
        regiojaar.jaar,
        regiojaar.soort,
        soort_aanbieder.soort
),

onderwerp as (
    select
        zorgkantoorregio_code,
        'bevolking' as onderwerp,
        leeftijdsklasse as onderdeel,
        jaar,
        soort,
        inwoners as waarde,
        'inwoners' as eenheid
    from {{ ref('int_regio_bevolking') }}
    union all
    select
        zorgkantoorregio_code,
        'capaciteit' as onderwerp,
        onderdeel,
        jaar,
        soort,
        waarde,
        'zorgaanbieders' as eenheid
    from capaciteit
    {% for naam, waarde in [
        ('prestatie', 'zorgaanbod_eur'),
        ('zorgbehoefte', 'zorgvraag_eur'),
        ('gap', 'zorgvraag_eur - zorgaanbod_eur')
    ] %}
        union all
        select
            zorgkantoorregio_code,
            '{{ naam }}' as onderwerp,
            sector as onderdeel,
            jaar,
            soort,
            {{ waarde }} as waarde,
            'euro' as eenheid
        from {{ ref('int_regio_zorg') }}
    {% endfor %}
)

select
    zorgkantoorregio_code,
    onderwerp,
    coalesce(onderdeel, 'TOTAAL') as onderdeel,
    cast(jaar as varchar) as periode,
    soort,
    cast(sum(waarde) as decimal(18, 2)) as waarde,
    eenheid
from onderwerp
group by grouping sets (
    (zorgkantoorregio_code, onderwerp, onderdeel, jaar, soort, eenheid),
    (zorgkantoorregio_code, onderwerp, jaar, soort, eenheid)
)

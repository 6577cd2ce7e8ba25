-- Published figures beside what comes out of the data, each computed by one query.
with gerealiseerd as (
    {% for onderwerp in ['spiegel', 'wlz', 'zvw'] %}
        select
            code,
            gerealiseerd,
            '{{ onderwerp }}' as onderwerp
        from {{ ref('int_kerncijfer_' ~ onderwerp) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

vergeleken as (
    select
        gepubliceerd.code,
        gepubliceerd.naam,
        gepubliceerd.sector,
        gepubliceerd.jaar,
        gepubliceerd.eenheid,
        cast(gepubliceerd.waarde as decimal(18, 4)) as gepubliceerd,
        cast(gepubliceerd.tolerantie as decimal(18, 4)) as tolerantie,
        gepubliceerd.toets,
        gepubliceerd.herkomst,
        gepubliceerd.bron,
        gepubliceerd.waarom_niet,
        gerealiseerd.gerealiseerd
    from {{ ref('ref_kerncijfer') }} as gepubliceerd
    left join gerealiseerd
        on
            gepubliceerd.code = gerealiseerd.code
            and gepubliceerd.onderwerp = gerealiseerd.onderwerp
)

select
    code,
    naam,
    sector,
    jaar,
    eenheid,
    gepubliceerd,
    gerealiseerd,
    cast(gerealiseerd - gepubliceerd as decimal(18, 4)) as afwijking,
    tolerantie,
    toets,
    case
        when waarom_niet is not null then 'niet_berekend'
        when gerealiseerd is null then 'geen_gegevens'
        when toets = 'info' then 'ter_informatie'
        when abs(gerealiseerd - gepubliceerd) <= tolerantie then 'binnen'
        else 'buiten'
    end as uitkomst,
    herkomst,
    bron,
    waarom_niet
from vergeleken

-- How care changed in a zorgkantoorregio since the base year, against the rest of the country.
-- The change is a ratio of ratios; its z follows from the spread over persons, so that a few people
-- with much care do not look like a trend. Half a person is added for cells without any.
{% set delen = ['doelzorg', 'eerstelijn', 'wlz', 'overig'] %}
with basis as (
    select cast(basisjaar as integer) as basisjaar
    from {{ ref('ref_basisjaar') }}
    where onderwerp = 'substitutie'
),

persoon as (
    select
        gebied.zorgkantoorregio_code,
        zorg.jaar,
        zorg.in_cohort,
        {% for deel in delen -%}
            zorg.{{ deel }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_substitutie_persoon') }} as zorg
    inner join {{ ref('dim_persoon') }} as persoon
        on zorg.pseudo_id = persoon.pseudo_id
    inner join {{ ref('int_postcode_indeling') }} as gebied
        on
            persoon.pc4 = gebied.pc4
            and {{ geldig_op('gebied', 'make_date(zorg.jaar, 12, 31)') }}
),

regio as (
    {% for deel in delen -%}
        select
            '{{ deel }}' as deel,
            zorgkantoorregio_code,
            jaar,
            sum({{ deel }}) as aantal,
            sum({{ deel }} * {{ deel }}) as kwadraat
        from persoon
        {% if deel != 'overig' -%}
            where in_cohort
        {% endif -%}
        group by zorgkantoorregio_code, jaar
        {% if not loop.last -%}
            union all
        {% endif %}
    {% endfor %}
),

land as (
    select
        deel,
        jaar,
        sum(aantal) as aantal,
        sum(kwadraat) as kwadraat
    from regio
    group by deel, jaar
),

met_rest as (
    select
        regio.deel,
        regio.zorgkantoorregio_code,
        regio.jaar,
        regio.aantal,
        cast(regio.aantal as double) + 0.5 as hier,
        cast(regio.kwadraat as double) + 0.5 as hier_kwadraat,
        cast(land.aantal - regio.aantal as double) + 0.5 as elders,
        cast(land.kwadraat - regio.kwadraat as double) + 0.5 as elders_kwadraat
    from regio
    inner join land
        on regio.deel = land.deel and regio.jaar = land.jaar
),

vergeleken as (
    select
        nu.deel,
        nu.zorgkantoorregio_code,
        nu.jaar,
        nu.aantal,
        toen.aantal as aantal_basis,
        ln(nu.hier / nullif(toen.hier, 0))
        - ln(nu.elders / nullif(toen.elders, 0)) as logverhouding,
        sqrt(
            nu.hier_kwadraat / nullif(nu.hier * nu.hier, 0)
            + toen.hier_kwadraat / nullif(toen.hier * toen.hier, 0)
            + nu.elders_kwadraat / nullif(nu.elders * nu.elders, 0)
            + toen.elders_kwadraat / nullif(toen.elders * toen.elders, 0)
        ) as standaardfout
    from met_rest as nu
    cross join basis
    inner join met_rest as toen
        on
            nu.deel = toen.deel
            and nu.zorgkantoorregio_code = toen.zorgkantoorregio_code
            and basis.basisjaar = toen.jaar
            and nu.jaar > basis.basisjaar
)

select
    deel,
    zorgkantoorregio_code,
    jaar,
    cast(aantal as bigint) as aantal,
    cast(aantal_basis as bigint) as aantal_basis,
    cast(round(exp(logverhouding) - 1, 4) as decimal(18, 4)) as verandering,
    cast(round(logverhouding / nullif(standaardfout, 0), 4) as decimal(18, 4)) as z
from vergeleken
where zorgkantoorregio_code <> 'ONBEKEND'

-- Costs of the Wlz by judgement of lawfulness, per year, Wlz-uitvoerder and form of delivery, and
-- all totals (NZa on the Wlz, table 1, lines 175-187).
with uitgelegd as (
    {% for uitvoerder in ['uitvoerder_id', "'TOTAAL'"] %}
        {% for vorm in ['leveringsvorm', "'TOTAAL'"] %}
            {% for oordeel in ['oordeel', "'TOTAAL'"] %}
                select
                    jaar,
                    {{ uitvoerder }} as uitvoerder_id,
                    {{ vorm }} as leveringsvorm,
                    {{ oordeel }} as oordeel,
                    bedrag_eur
                from {{ ref('fct_rechtmatigheid') }}
                {% if not loop.last %}
                    union all
                {% endif %}
            {% endfor %}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

opgeteld as (
    select
        jaar,
        uitvoerder_id,
        leveringsvorm,
        oordeel,
        cast(sum(bedrag_eur) as decimal(18, 2)) as bedrag_eur
    from uitgelegd
    group by jaar, uitvoerder_id, leveringsvorm, oordeel
)

select
    deel.jaar,
    deel.uitvoerder_id,
    deel.leveringsvorm,
    deel.oordeel,
    deel.bedrag_eur,
    cast(round(deel.bedrag_eur * 0.000001, 0) as bigint) as bedrag_mln_eur,
    {{ verhouding('deel.bedrag_eur', 'geheel.bedrag_eur') }} as aandeel_van_kosten,
    {{ verhouding('deel.bedrag_eur', 'oordeel.bedrag_eur') }} as aandeel_van_oordeel
from opgeteld as deel
inner join opgeteld as geheel
    on
        deel.jaar = geheel.jaar
        and deel.uitvoerder_id = geheel.uitvoerder_id
        and deel.leveringsvorm = geheel.leveringsvorm
        and geheel.oordeel = 'TOTAAL'
inner join opgeteld as oordeel
    on
        deel.jaar = oordeel.jaar
        and deel.uitvoerder_id = oordeel.uitvoerder_id
        and deel.oordeel = oordeel.oordeel
        and oordeel.leveringsvorm = 'TOTAAL'

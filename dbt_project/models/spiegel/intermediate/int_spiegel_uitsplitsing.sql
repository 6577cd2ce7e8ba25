-- Strata of persons by number, with the breakdowns each of them is part of (everybody, an age
-- class, a sex and a welfare quintile) and the numbers of the characteristics it is made of. A
-- figure is that of a series and a breakdown: groep_nr = 1000 * reeks_nr + uitsplitsing_nr.
with gevonden as (
    select distinct
        stratum_nr,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        chronisch_nr
    from {{ ref('int_spiegel_kenmerk') }}
),

-- Each once more for models that do not compare chronic conditions.
stratum as (
    select
        stratum_nr + chronisch_nr as stratum_nr,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        chronisch_nr
    from gevonden
    union all
    select distinct
        stratum_nr,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        0 as chronisch_nr
    from gevonden
),

deel as (
    select
        stratum_nr,
        'TOTAAL' as uitsplitsing,
        'TOTAAL' as uitsplitsing_waarde
    from stratum
    {% for uitsplitsing in ['leeftijdsklasse', 'geslacht', 'welvaart_kwintiel'] %}
        union all
        select
            stratum_nr,
            '{{ uitsplitsing }}' as uitsplitsing,
            {{ uitsplitsing }} as uitsplitsing_waarde
        from stratum
    {% endfor %}
)

select
    deel.stratum_nr,
    stratum.leeftijdsklasse,
    stratum.geslacht,
    stratum.welvaart_kwintiel,
    {% for kenmerk in ['leeftijdsklasse', 'geslacht', 'welvaart_kwintiel'] -%}
        cast(dense_rank() over (order by stratum.{{ kenmerk }}) as integer) as {{ kenmerk }}_nr,
    {% endfor -%}
    stratum.chronisch_nr,
    cast(
        dense_rank() over (
            order by
                case when deel.uitsplitsing = 'TOTAAL' then 0 else 1 end,
                deel.uitsplitsing,
                deel.uitsplitsing_waarde
        ) as integer
    ) as uitsplitsing_nr,
    deel.uitsplitsing,
    deel.uitsplitsing_waarde
from deel
inner join stratum
    on deel.stratum_nr = stratum.stratum_nr

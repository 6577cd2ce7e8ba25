-- Strata of persons by number, with the breakdowns each of them is part of: everybody, an age
-- class, a sex and a welfare quintile. A figure is that of a series and a breakdown:
-- groep_nr = 1000 * reeks_nr + uitsplitsing_nr.
with stratum as (
    select distinct
        stratum_nr,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel
    from {{ ref('int_spiegel_kenmerk') }}
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

-- Share of usable source records per indicator, care provider and year, over the fact tables that
-- the register names for the indicator.
select
    indicator.indicator_id,
    bruikbaar.zorgaanbieder_id,
    cast(bruikbaar.jaar as varchar) as jaar,
    {{ verhouding('sum(bruikbaar.n_bruikbaar)', 'sum(bruikbaar.n_records)') }} as dq_score
from {{ ref('indicator') }} as indicator
inner join {{ ref('int_bruikbaarheid') }} as bruikbaar
    on {{ staat_in('bruikbaar.tabel', 'indicator.bron') }}
group by
    indicator.indicator_id,
    bruikbaar.zorgaanbieder_id,
    bruikbaar.jaar

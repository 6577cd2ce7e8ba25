-- Totals of a unit per breakdown: sums over its strata. A diagnosis or target group is a series of
-- its own and is not broken down further.
select
    {{ groep_nr('reeks.reeks_nr', 'uitsplitsing.uitsplitsing_nr') }} as groep_nr,
    bron.eenheid_id,
    cast(sum(bron.n_personen) as bigint) as n_personen,
    cast(sum(bron.teller) as decimal(18, 4)) as teller,
    cast(sum(bron.noemer) as decimal(18, 4)) as noemer,
    sum(bron.teller_kwadraat) as teller_kwadraat,
    sum(bron.teller_noemer) as teller_noemer,
    sum(bron.noemer_kwadraat) as noemer_kwadraat,
    sum(bron.teller_kubus) as teller_kubus,
    cast(sum(bron.verwacht) as decimal(28, 8)) as verwacht
from {{ ref('int_spiegel_verwacht') }} as bron
inner join {{ ref('int_spiegel_reeks') }} as reeks
    on bron.reeks_nr = reeks.reeks_nr
inner join {{ ref('int_spiegel_uitsplitsing') }} as uitsplitsing
    on
        bron.stratum_nr = uitsplitsing.stratum_nr
        and (reeks.basis = 'TOTAAL' or uitsplitsing.uitsplitsing = 'TOTAAL')
group by
    {{ groep_nr('reeks.reeks_nr', 'uitsplitsing.uitsplitsing_nr') }},
    bron.eenheid_id

-- Totals of a unit per breakdown with its expected teller: sums over its strata of the own noemer
-- times the rate of what the stratum is compared with. A diagnosis or target group is a series of
-- its own and is not broken down further. Terms are decimals of twelve places, so their sum is
-- exact in any order and within 1e-9 of the formula.
-- Where there are tellers and no noemer to compare with (growth out of nothing) there is no rate:
-- what happened is what was expected, so that the expected tellers still add up.
{% set verwacht -%}
    coalesce(
        cast(
            round(
                cast(bron.noemer as double) * cast(alle.TELLER as double)
                / nullif(cast(alle.NOEMER as double), 0),
                12
            ) as decimal(38, 12)
        ),
        cast(bron.teller as decimal(38, 12))
    )
{%- endset %}
select
    alle.groep_nr,
    bron.eenheid_id,
    cast(sum(bron.n_personen) as bigint) as n_personen,
    cast(sum(bron.teller) as decimal(18, 4)) as teller,
    cast(sum(bron.noemer) as decimal(18, 4)) as noemer,
    sum(bron.teller_kwadraat) as teller_kwadraat,
    sum(bron.teller_noemer) as teller_noemer,
    sum(bron.noemer_kwadraat) as noemer_kwadraat,
    sum(bron.teller_kubus) as teller_kubus,
    sum(bron.teller2_noemer) as teller2_noemer,
    sum(bron.teller_noemer2) as teller_noemer2,
    sum(bron.noemer_kubus) as noemer_kubus,
    {{ zonder_rest(verwacht | replace('TELLER', 'teller') | replace('NOEMER', 'noemer')) }}
        as verwacht,
    {{ zonder_rest(
        verwacht | replace('TELLER', 'basis_teller') | replace('NOEMER', 'basis_noemer')
    ) }} as verwacht_basis
from {{ ref('int_spiegel_stratum') }} as bron
inner join {{ ref('int_spiegel_reeks') }} as reeks
    on bron.reeks_nr = reeks.reeks_nr
inner join {{ ref('int_spiegel_uitsplitsing') }} as uitsplitsing
    on
        bron.stratum_nr = uitsplitsing.stratum_nr
        and (reeks.basis = 'TOTAAL' or uitsplitsing.uitsplitsing = 'TOTAAL')
inner join {{ ref('int_spiegel_verwacht') }} as alle
    on
        {{ groep_nr('bron.reeks_nr', 'uitsplitsing.uitsplitsing_nr') }} = alle.groep_nr
        and bron.stratum_nr = alle.stratum_nr
group by alle.groep_nr, bron.eenheid_id

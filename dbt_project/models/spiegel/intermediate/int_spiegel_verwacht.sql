-- Expected teller of a unit per stratum: its own noemer times the rate of that stratum over all
-- units of its level in the country (indirect standardisation). The rate is that of the level and
-- not that of persons, because someone can be a patient of two care providers; so the expected
-- tellers of a level add up to its tellers. Terms are rounded decimals, so their sum is exact.
with tarief as (
    select
        reeks_nr,
        stratum_nr,
        sum(teller) as teller,
        sum(noemer) as noemer
    from {{ ref('int_spiegel_stratum') }}
    group by reeks_nr, stratum_nr
)

select
    stratum.reeks_nr,
    stratum.eenheid_id,
    stratum.stratum_nr,
    stratum.n_personen,
    stratum.teller,
    stratum.noemer,
    stratum.teller_kwadraat,
    stratum.teller_noemer,
    stratum.noemer_kwadraat,
    stratum.teller_kubus,
    -- Where a stratum has tellers and no noemer (growth out of nothing) there is no rate: what
    -- happened is what was expected, so that the expected tellers still add up.
    coalesce(
        cast(
            round(
                cast(stratum.noemer as double) * cast(tarief.teller as double)
                / nullif(cast(tarief.noemer as double), 0),
                8
            ) as decimal(28, 8)
        ),
        cast(stratum.teller as decimal(28, 8))
    ) as verwacht
from {{ ref('int_spiegel_stratum') }} as stratum
inner join tarief
    on
        stratum.reeks_nr = tarief.reeks_nr
        and stratum.stratum_nr = tarief.stratum_nr

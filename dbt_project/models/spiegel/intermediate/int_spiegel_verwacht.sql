-- Expected teller of a unit per stratum: its own noemer times the rate of that stratum over all
-- units of its level in the country (indirect standardisation). The rate is that of the level and
-- not that of persons, because someone can be a patient of two care providers; so the expected
-- tellers of a level add up to its tellers. Terms are rounded decimals, so their sum is exact.
with tarief as (
    select
        definitie_id,
        niveau,
        basis,
        basis_waarde,
        periode_type,
        periode,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        sum(teller) as teller,
        sum(noemer) as noemer
    from {{ ref('int_spiegel_stratum') }}
    group by
        definitie_id,
        niveau,
        basis,
        basis_waarde,
        periode_type,
        periode,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel
)

select
    stratum.definitie_id,
    stratum.soort_meting,
    stratum.niveau,
    stratum.eenheid_id,
    stratum.basis,
    stratum.basis_waarde,
    stratum.periode_type,
    stratum.periode,
    stratum.leeftijdsklasse,
    stratum.geslacht,
    stratum.welvaart_kwintiel,
    stratum.n_personen,
    stratum.teller,
    stratum.noemer,
    stratum.teller_kwadraat,
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
        stratum.definitie_id = tarief.definitie_id
        and stratum.niveau = tarief.niveau
        and stratum.basis = tarief.basis
        and stratum.basis_waarde = tarief.basis_waarde
        and stratum.periode_type = tarief.periode_type
        and stratum.periode = tarief.periode
        and stratum.leeftijdsklasse = tarief.leeftijdsklasse
        and stratum.geslacht = tarief.geslacht
        and stratum.welvaart_kwintiel = tarief.welvaart_kwintiel

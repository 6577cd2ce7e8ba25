-- Totals of a unit per stratum. A person counts once, at however many care providers.
with persoon as (
    select
        definitie_id,
        soort_meting,
        niveau,
        eenheid_id,
        basis,
        basis_waarde,
        periode_type,
        periode,
        pseudo_id,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        {{ persoonstelling() }}
    from {{ ref('int_spiegel_bijdrage') }}
    group by
        definitie_id,
        soort_meting,
        niveau,
        eenheid_id,
        basis,
        basis_waarde,
        periode_type,
        periode,
        pseudo_id,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel
)

select
    definitie_id,
    soort_meting,
    niveau,
    eenheid_id,
    basis,
    basis_waarde,
    periode_type,
    periode,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel,
    count(*) as n_personen,
    sum(teller) as teller,
    sum(noemer) as noemer,
    sum(cast(teller as decimal(19, 4)) * cast(teller as decimal(19, 4))) as teller_kwadraat
from persoon
group by
    definitie_id,
    soort_meting,
    niveau,
    eenheid_id,
    basis,
    basis_waarde,
    periode_type,
    periode,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel

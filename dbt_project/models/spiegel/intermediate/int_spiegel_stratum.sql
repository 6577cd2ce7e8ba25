-- Totals of a unit per stratum. The level is part of the series.
with reeks as (
    select
        reeks_nr,
        niveau,
        definitie_nr,
        basis_nr,
        periode_nr
    from {{ ref('int_spiegel_reeks') }}
),

uitgelegd as (
    select
        reeks.reeks_nr,
        {{ eenheid_van_niveau('reeks.niveau', 'profiel') }} as eenheid_id,
        profiel.stratum_nr,
        profiel.n_personen,
        profiel.teller,
        profiel.noemer,
        profiel.teller_kwadraat,
        profiel.teller_noemer,
        profiel.noemer_kwadraat,
        profiel.teller_kubus,
        profiel.teller2_noemer,
        profiel.teller_noemer2,
        profiel.noemer_kubus
    from {{ ref('int_spiegel_profiel') }} as profiel
    inner join reeks
        on
            profiel.definitie_nr = reeks.definitie_nr
            and profiel.basis_nr = reeks.basis_nr
            and profiel.periode_nr = reeks.periode_nr
    where
        case reeks.niveau
            when 'zorgaanbieder' then profiel.per_aanbieder
            else profiel.per_persoon
        end
)

select
    reeks_nr,
    eenheid_id,
    stratum_nr,
    cast(sum(n_personen) as bigint) as n_personen,
    sum(teller) as teller,
    sum(noemer) as noemer,
    sum(teller_kwadraat) as teller_kwadraat,
    sum(teller_noemer) as teller_noemer,
    sum(noemer_kwadraat) as noemer_kwadraat,
    sum(teller_kubus) as teller_kubus,
    sum(teller2_noemer) as teller2_noemer,
    sum(teller_noemer2) as teller_noemer2,
    sum(noemer_kubus) as noemer_kubus
from uitgelegd
where eenheid_id <> 'ONBEKEND'
group by reeks_nr, eenheid_id, stratum_nr

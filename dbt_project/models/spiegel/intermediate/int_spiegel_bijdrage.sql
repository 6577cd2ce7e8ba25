-- What one person at one care provider contributes to a unit in a period. The breakdown is here
-- TOTAAL or the diagnosis group; those by age, sex and welfare follow later, as sums over strata:
-- within a period a person is in one stratum (age class x sex x welfare quintile).
with periode as (
    select 'jaar' as periode_type
    union all
    select 'kwartaal' as periode_type
),

niveau as (
    select 'landelijk' as niveau
    union all
    select 'zorgkantoorregio' as niveau
    union all
    select 'gemeente' as niveau
    union all
    select 'verzekeraar' as niveau
    union all
    select 'zorgaanbieder' as niveau
),

basis as (
    select 'TOTAAL' as basis
    union all
    select 'diagnosegroep' as basis
),

uitgelegd as (
    select
        bron.indicator_id,
        bron.soort_meting,
        niveau.niveau,
        case niveau.niveau
            when 'landelijk' then 'NL'
            when 'zorgkantoorregio' then bron.zorgkantoorregio_code
            when 'gemeente' then bron.gemeente_code
            when 'verzekeraar' then bron.verzekeraar_id
            when 'zorgaanbieder' then bron.zorgaanbieder_id
        end as eenheid_id,
        basis.basis,
        case basis.basis when 'TOTAAL' then 'TOTAAL' else bron.diagnosegroep end as basis_waarde,
        periode.periode_type,
        case periode.periode_type when 'jaar' then bron.jaar else bron.kwartaal end as periode,
        bron.zorgaanbieder_id,
        bron.pseudo_id,
        bron.leeftijdsklasse,
        bron.geslacht,
        bron.welvaart_kwintiel,
        bron.teller,
        bron.noemer
    from {{ ref('int_spiegel_persoon_kwartaal') }} as bron
    cross join niveau
    cross join basis
    cross join periode
    where
        {{ staat_in('niveau.niveau', 'bron.niveaus') }}
        and {{ staat_in('periode.periode_type', 'bron.periode_typen') }}
        and (basis.basis = 'TOTAAL' or bron.diagnosegroep <> 'TOTAAL')
)

select
    indicator_id,
    soort_meting,
    niveau,
    eenheid_id,
    basis,
    basis_waarde,
    periode_type,
    periode,
    zorgaanbieder_id,
    pseudo_id,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel,
    {{ persoonstelling() }}
from uitgelegd
where eenheid_id is not null and eenheid_id <> 'ONBEKEND'
group by
    indicator_id,
    soort_meting,
    niveau,
    eenheid_id,
    basis,
    basis_waarde,
    periode_type,
    periode,
    zorgaanbieder_id,
    pseudo_id,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel

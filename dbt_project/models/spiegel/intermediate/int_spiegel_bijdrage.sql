-- What one person at one care provider contributes to a unit in a period. The breakdown is here
-- TOTAAL or the diagnosis group; those by age, sex and welfare follow later, as sums over strata:
-- within a period a person is in one stratum (age class x sex x welfare quintile).
{% set soorten = [
    'zorgaanbieder_id', 'zorgkantoorregio_code', 'gemeente_code', 'verzekeraar_id'
] %}
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

-- A figure of a year is in the layout of the end of that year, one of a quarter in that of its own.
per_periode as (
    select
        bron.definitie_id,
        bron.soort_meting,
        bron.niveaus,
        bron.diagnosegroep,
        periode.periode_type,
        bron.pseudo_id,
        bron.leeftijdsklasse,
        bron.geslacht,
        bron.welvaart_kwintiel,
        bron.teller,
        bron.noemer,
        {% for soort in soorten -%}
            case periode.periode_type
                when 'jaar' then bron.jaar_{{ soort }}
                else bron.kwartaal_{{ soort }}
            end as {{ soort }},
        {% endfor -%}
        case periode.periode_type when 'jaar' then bron.jaar else bron.kwartaal end as periode
    from {{ ref('int_spiegel_persoon_kwartaal') }} as bron
    cross join periode
    where {{ staat_in('periode.periode_type', 'bron.periode_typen') }}
),

uitgelegd as (
    select
        bron.definitie_id,
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
        bron.periode_type,
        bron.periode,
        bron.zorgaanbieder_id,
        bron.pseudo_id,
        bron.leeftijdsklasse,
        bron.geslacht,
        bron.welvaart_kwintiel,
        bron.teller,
        bron.noemer
    from per_periode as bron
    cross join niveau
    cross join basis
    where
        {{ staat_in('niveau.niveau', 'bron.niveaus') }}
        and (basis.basis = 'TOTAAL' or bron.diagnosegroep <> 'TOTAAL')
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
    zorgaanbieder_id,
    pseudo_id,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel,
    {{ persoonstelling() }}
from uitgelegd
where eenheid_id is not null and eenheid_id <> 'ONBEKEND'
group by
    definitie_id,
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

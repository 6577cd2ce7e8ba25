-- What one person at one care provider contributes to a definition in a period: as a whole, per
-- diagnosis group, and for every target group the person is in on the last day of the period.
-- Breakdowns by age, sex and welfare follow later, as sums over strata. A contribution counts for
-- who answers for the care provider at the end of the period (docs/decisions/0027).
with soort_periode as (
    select 'jaar' as periode_type
    union all
    select 'kwartaal' as periode_type
    union all
    select 'maand' as periode_type
),

per_periode as (
    select
        definitie.definitie_nr,
        {{ telwijze('definitie.soort_meting') }} as telwijze,
        {{ periode_nr('soort_periode.periode_type', 'observatie.peildatum') }} as periode_nr,
        persoon.persoon_nr,
        observatie.zorgaanbieder_id,
        observatie.diagnosegroep,
        observatie.teller,
        observatie.noemer
    from {{ ref('observatie') }} as observatie
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on observatie.definitie_id = definitie.definitie_id
    inner join {{ ref('int_spiegel_persoon') }} as persoon
        on observatie.pseudo_id = persoon.pseudo_id
    inner join soort_periode
        on {{ staat_in('soort_periode.periode_type', 'definitie.periode_typen') }}
),

per_code as (
    select
        definitie_nr,
        max(telwijze) as telwijze,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id,
        diagnosegroep,
        {{ persoonstelling() }}
    from per_periode
    group by
        definitie_nr,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id,
        diagnosegroep
),

per_groep as (
    select
        per_code.definitie_nr,
        per_code.telwijze,
        per_code.periode_nr,
        per_code.persoon_nr,
        coalesce(opvolging.eenheid_id, per_code.zorgaanbieder_id) as zorgaanbieder_id,
        per_code.diagnosegroep,
        per_code.teller,
        per_code.noemer
    from per_code
    left join {{ ref('int_aanbieder_opvolging') }} as opvolging
        on
            per_code.zorgaanbieder_id = opvolging.zorgaanbieder_id
            and {{ geldig_op('opvolging', eind_van_periode(periode_van('per_code.periode_nr'))) }}
),

totaal as (
    select
        definitie_nr,
        max(telwijze) as telwijze,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id,
        {{ persoonstelling() }}
    from per_groep
    group by definitie_nr, periode_nr, persoon_nr, zorgaanbieder_id
),

diagnose as (
    select
        definitie_nr,
        max(telwijze) as telwijze,
        diagnosegroep,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id,
        {{ persoonstelling() }}
    from per_groep
    where diagnosegroep <> 'TOTAAL'
    group by
        definitie_nr,
        diagnosegroep,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id
)

select
    definitie_nr,
    telwijze,
    'TOTAAL' as basis,
    'TOTAAL' as basis_waarde,
    periode_nr,
    persoon_nr,
    zorgaanbieder_id,
    teller,
    noemer
from totaal
union all
select
    definitie_nr,
    telwijze,
    'diagnosegroep' as basis,
    diagnosegroep as basis_waarde,
    periode_nr,
    persoon_nr,
    zorgaanbieder_id,
    teller,
    noemer
from diagnose
union all
select
    totaal.definitie_nr,
    totaal.telwijze,
    'doelgroep' as basis,
    lid.doelgroep as basis_waarde,
    totaal.periode_nr,
    totaal.persoon_nr,
    totaal.zorgaanbieder_id,
    totaal.teller,
    totaal.noemer
from totaal
inner join {{ ref('int_spiegel_doelgroep') }} as lid
    on
        totaal.persoon_nr = lid.persoon_nr
        and totaal.periode_nr = lid.periode_nr

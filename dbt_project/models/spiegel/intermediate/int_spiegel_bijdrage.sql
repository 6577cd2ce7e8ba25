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

groep as (
    select
        basis_nr,
        basis_waarde as diagnosegroep
    from {{ ref('int_spiegel_basis') }}
    where basis <> 'doelgroep'
),

per_periode as (
    select
        definitie.definitie_nr,
        {{ telwijze('definitie.soort_meting') }} as telwijze,
        {{ periode_nr('soort_periode.periode_type', 'waarneming.peildatum') }} as periode_nr,
        persoon.persoon_nr,
        waarneming.zorgaanbieder_id,
        groep.basis_nr,
        waarneming.teller,
        waarneming.noemer
    from {{ ref('int_spiegel_waarneming') }} as waarneming
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on waarneming.definitie_id = definitie.definitie_id
    inner join {{ ref('int_spiegel_persoon') }} as persoon
        on waarneming.pseudo_id = persoon.pseudo_id
    inner join groep
        on waarneming.diagnosegroep = groep.diagnosegroep
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
        basis_nr,
        {{ persoonstelling() }}
    from per_periode
    group by
        definitie_nr,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id,
        basis_nr
),

per_groep as (
    select
        per_code.definitie_nr,
        per_code.telwijze,
        per_code.periode_nr,
        per_code.persoon_nr,
        coalesce(opvolging.eenheid_id, per_code.zorgaanbieder_id) as zorgaanbieder_id,
        per_code.basis_nr,
        per_code.teller,
        per_code.noemer
    from per_code
    inner join {{ ref('int_spiegel_periode') }} as periode
        on per_code.periode_nr = periode.periode_nr
    left join {{ ref('int_aanbieder_opvolging') }} as opvolging
        on
            per_code.zorgaanbieder_id = opvolging.zorgaanbieder_id
            and {{ geldig_op('opvolging', 'periode.periode_eind') }}
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
        basis_nr,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id,
        {{ persoonstelling() }}
    from per_groep
    where basis_nr > 0
    group by
        definitie_nr,
        basis_nr,
        periode_nr,
        persoon_nr,
        zorgaanbieder_id
)

select
    definitie_nr,
    telwijze,
    0 as basis_nr,
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
    basis_nr,
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
    lid.basis_nr,
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

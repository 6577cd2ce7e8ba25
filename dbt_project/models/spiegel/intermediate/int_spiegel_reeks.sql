-- Series of figures by number: a definition, a level, all together or one diagnosis or target
-- group, and a period. Units of one series are compared with each other. The number of the same
-- series a year before makes the trend.
with niveau as (
    {{ niveaus_van_personen() }}
    union all
    select 'zorgaanbieder' as niveau
),

gevonden as (
    select distinct
        definitie_nr,
        basis_nr,
        periode_nr
    from {{ ref('int_spiegel_bijdrage') }}
),

genummerd as (
    select
        cast(
            row_number() over (
                order by
                    gevonden.definitie_nr, gevonden.basis_nr, gevonden.periode_nr, niveau.niveau
            ) as integer
        ) as reeks_nr,
        gevonden.definitie_nr,
        definitie.definitie_id,
        definitie.soort_meting,
        definitie.casemix,
        niveau.niveau,
        gevonden.basis_nr,
        basis.basis,
        basis.basis_waarde,
        gevonden.periode_nr
    from gevonden
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on gevonden.definitie_nr = definitie.definitie_nr
    inner join {{ ref('int_spiegel_basis') }} as basis
        on gevonden.basis_nr = basis.basis_nr
    inner join niveau
        on {{ staat_in('niveau.niveau', 'definitie.niveaus') }}
)

select
    reeks.reeks_nr,
    landelijk.reeks_nr as landelijk_nr,
    vorige.reeks_nr as vorige_nr,
    reeks.definitie_nr,
    reeks.definitie_id,
    reeks.soort_meting,
    reeks.casemix,
    reeks.niveau,
    reeks.basis_nr,
    reeks.basis,
    reeks.basis_waarde,
    reeks.periode_nr,
    {{ periode_type_van('reeks.periode_nr') }} as periode_type,
    {{ periode_van('reeks.periode_nr') }} as periode
from genummerd as reeks
left join genummerd as landelijk
    on
        reeks.definitie_nr = landelijk.definitie_nr
        and reeks.basis_nr = landelijk.basis_nr
        and reeks.periode_nr = landelijk.periode_nr
        and landelijk.niveau = 'landelijk'
left join genummerd as vorige
    on
        reeks.definitie_nr = vorige.definitie_nr
        and reeks.basis_nr = vorige.basis_nr
        and reeks.niveau = vorige.niveau
        and reeks.periode_nr - 10000 = vorige.periode_nr

-- Contributions with what is known of the person, added up over persons who have all of it in
-- common: per care provider, and once more over all care providers of a person together, which
-- per_aanbieder tells apart. In the latter a person counts once, at however many care providers.
{% set stratum -%}
    kenmerk.stratum_nr + case when definitie.met_chronisch then kenmerk.chronisch_nr else 0 end
{%- endset %}
with mens as (
    select
        definitie_nr,
        basis,
        basis_waarde,
        periode_nr,
        persoon_nr,
        {{ persoonstelling() }}
    from {{ ref('int_spiegel_bijdrage') }}
    group by definitie_nr, basis, basis_waarde, periode_nr, persoon_nr
),

alles as (
    select
        definitie_nr,
        basis,
        basis_waarde,
        periode_nr,
        persoon_nr,
        false as per_aanbieder,
        cast(null as varchar) as zorgaanbieder_id,
        teller,
        noemer
    from mens
    union all
    select
        definitie_nr,
        basis,
        basis_waarde,
        periode_nr,
        persoon_nr,
        true as per_aanbieder,
        zorgaanbieder_id,
        teller,
        noemer
    from {{ ref('int_spiegel_bijdrage') }}
)

select
    alles.definitie_nr,
    alles.basis,
    alles.basis_waarde,
    alles.periode_nr,
    {{ stratum }} as stratum_nr,
    kenmerk.zorgkantoorregio_code,
    kenmerk.gemeente_code,
    kenmerk.verzekeraar_id,
    alles.per_aanbieder,
    alles.zorgaanbieder_id,
    count(*) as n_personen,
    sum(alles.teller) as teller,
    sum(alles.noemer) as noemer,
    {{ kwadraatsommen(
        'alles.teller',
        'alles.noemer',
        "definitie.soort_meting in ('gemiddelde_per_persoon', 'verhouding')"
    ) }}
from alles
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on alles.definitie_nr = definitie.definitie_nr
inner join {{ ref('int_spiegel_kenmerk') }} as kenmerk
    on
        alles.persoon_nr = kenmerk.persoon_nr
        and alles.periode_nr = kenmerk.periode_nr
group by
    alles.definitie_nr,
    alles.basis,
    alles.basis_waarde,
    alles.periode_nr,
    {{ stratum }},
    kenmerk.zorgkantoorregio_code,
    kenmerk.gemeente_code,
    kenmerk.verzekeraar_id,
    alles.per_aanbieder,
    alles.zorgaanbieder_id

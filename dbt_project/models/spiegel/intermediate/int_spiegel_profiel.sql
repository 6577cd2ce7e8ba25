-- Contributions with what is known of the person, added up over persons who have all of it in
-- common and the care provider too. Most persons have one care provider, and their row counts both
-- for the care provider (per_aanbieder) and for the person (per_persoon). Persons who were at more
-- have rows that count for each care provider, and one of all their care providers together, in
-- which they count once.
{% set stratum -%}
    kenmerk.stratum_nr + case when definitie.met_chronisch then kenmerk.chronisch_nr else 0 end
{%- endset %}
with meer as (
    select
        definitie_nr,
        periode_nr,
        persoon_nr
    from {{ ref('int_spiegel_bijdrage') }}
    where basis_nr = 0
    group by definitie_nr, periode_nr, persoon_nr
    having count(*) > 1
),

samen as (
    select
        bijdrage.definitie_nr,
        bijdrage.basis_nr,
        bijdrage.periode_nr,
        bijdrage.persoon_nr,
        {{ persoonstelling(
            'bijdrage.teller', 'bijdrage.noemer', 'max(bijdrage.telwijze)'
        ) }}
    from {{ ref('int_spiegel_bijdrage') }} as bijdrage
    inner join meer
        on
            bijdrage.definitie_nr = meer.definitie_nr
            and bijdrage.periode_nr = meer.periode_nr
            and bijdrage.persoon_nr = meer.persoon_nr
    group by
        bijdrage.definitie_nr,
        bijdrage.basis_nr,
        bijdrage.periode_nr,
        bijdrage.persoon_nr
),

alles as (
    select
        definitie_nr,
        basis_nr,
        periode_nr,
        persoon_nr,
        false as per_aanbieder,
        true as per_persoon,
        cast(null as varchar) as zorgaanbieder_id,
        teller,
        noemer
    from samen
    union all
    select
        bijdrage.definitie_nr,
        bijdrage.basis_nr,
        bijdrage.periode_nr,
        bijdrage.persoon_nr,
        true as per_aanbieder,
        meer.persoon_nr is null as per_persoon,
        bijdrage.zorgaanbieder_id,
        bijdrage.teller,
        bijdrage.noemer
    from {{ ref('int_spiegel_bijdrage') }} as bijdrage
    left join meer
        on
            bijdrage.definitie_nr = meer.definitie_nr
            and bijdrage.periode_nr = meer.periode_nr
            and bijdrage.persoon_nr = meer.persoon_nr
)

select
    alles.definitie_nr,
    alles.basis_nr,
    alles.periode_nr,
    {{ stratum }} as stratum_nr,
    kenmerk.zorgkantoorregio_code,
    kenmerk.gemeente_code,
    kenmerk.verzekeraar_id,
    alles.per_aanbieder,
    alles.per_persoon,
    alles.zorgaanbieder_id,
    count(*) as n_personen,
    sum(alles.teller) as teller,
    sum(alles.noemer) as noemer,
    {{ kwadraatsommen('alles.teller', 'alles.noemer', 'definitie.is_gemiddelde') }}
from alles
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on alles.definitie_nr = definitie.definitie_nr
inner join {{ ref('int_spiegel_kenmerk') }} as kenmerk
    on
        alles.persoon_nr = kenmerk.persoon_nr
        and alles.periode_nr = kenmerk.periode_nr
group by
    alles.definitie_nr,
    alles.basis_nr,
    alles.periode_nr,
    {{ stratum }},
    kenmerk.zorgkantoorregio_code,
    kenmerk.gemeente_code,
    kenmerk.verzekeraar_id,
    alles.per_aanbieder,
    alles.per_persoon,
    alles.zorgaanbieder_id

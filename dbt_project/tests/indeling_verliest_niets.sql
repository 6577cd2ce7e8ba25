-- Giving periods, care providers, places and insurers to observations adds none and loses none. In
-- a year the sums of all observations are those of all contributions, where the kind of measure
-- adds up; and every contribution has exactly one stratum, place and insurer.
{{ config(group='kern') }}
with gemaakt as (
    select
        observatie.definitie_id,
        cast(extract(year from observatie.peildatum) as integer) * 10000 as periode_nr,
        sum(observatie.teller) as teller,
        sum(case when definitie.soort_meting = 'proportie_som' then observatie.noemer end)
            as noemer
    from {{ ref('observatie') }} as observatie
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on observatie.definitie_id = definitie.definitie_id
    where
        definitie.soort_meting <> 'proportie_personen'
        and {{ staat_in("'jaar'", 'definitie.periode_typen') }}
    group by observatie.definitie_id, extract(year from observatie.peildatum)
),

bijdrage as (
    select
        definitie_nr,
        periode_nr,
        count(*) as aantal,
        sum(teller) as teller,
        sum(noemer) as noemer
    from {{ ref('int_spiegel_bijdrage') }}
    where basis_nr = 0
    group by definitie_nr, periode_nr
),

ingedeeld as (
    select
        definitie_nr,
        periode_nr,
        sum(n_personen) as aantal,
        sum(teller) as teller,
        sum(noemer) as noemer
    from {{ ref('int_spiegel_profiel') }}
    where basis_nr = 0 and per_aanbieder
    group by definitie_nr, periode_nr
)

select
    definitie.definitie_id,
    bijdrage.periode_nr,
    gemaakt.teller as gemaakt,
    bijdrage.teller as bijgedragen,
    ingedeeld.teller as ingedeeld
from bijdrage
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on bijdrage.definitie_nr = definitie.definitie_nr
left join ingedeeld
    on
        bijdrage.definitie_nr = ingedeeld.definitie_nr
        and bijdrage.periode_nr = ingedeeld.periode_nr
full join gemaakt
    on
        definitie.definitie_id = gemaakt.definitie_id
        and bijdrage.periode_nr = gemaakt.periode_nr
where
    bijdrage.aantal is distinct from ingedeeld.aantal
    or bijdrage.teller is distinct from ingedeeld.teller
    or bijdrage.noemer is distinct from ingedeeld.noemer
    or gemaakt.teller <> bijdrage.teller
    or gemaakt.noemer <> bijdrage.noemer
    or (gemaakt.teller is not null and bijdrage.teller is null)

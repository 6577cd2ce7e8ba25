-- Periods with observations by number, with the days that decide what counts in them.
with dag as (
    select distinct
        definitie_id,
        peildatum
    from {{ ref('int_spiegel_waarneming') }}
),

soort_periode as (
    select 'jaar' as periode_type
    union all
    select 'kwartaal' as periode_type
    union all
    select 'maand' as periode_type
),

periode as (
    select distinct
        {{ periode_nr('soort_periode.periode_type', 'dag.peildatum') }} as periode_nr,
        cast(extract(year from dag.peildatum) as integer) as jaar
    from dag
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on dag.definitie_id = definitie.definitie_id
    inner join soort_periode
        on {{ staat_in('soort_periode.periode_type', 'definitie.periode_typen') }}
)

select
    periode_nr,
    jaar,
    make_date(jaar - 1, 12, 31) as jaar_ervoor,
    {{ eind_van_periode(periode_van('periode_nr')) }} as periode_eind
from periode

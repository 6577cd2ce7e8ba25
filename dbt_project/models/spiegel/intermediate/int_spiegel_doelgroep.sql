-- Target groups of persons by period: who is in one, by any rule, on the last day of the period.
with dag as (
    select distinct
        definitie_id,
        peildatum
    from {{ ref('observatie') }}
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
        {{ periode_nr('soort_periode.periode_type', 'dag.peildatum') }} as periode_nr
    from dag
    inner join {{ ref('int_spiegel_definitie') }} as definitie
        on dag.definitie_id = definitie.definitie_id
    inner join soort_periode
        on {{ staat_in('soort_periode.periode_type', 'definitie.periode_typen') }}
),

met_eind as (
    select
        periode_nr,
        {{ eind_van_periode(periode_van('periode_nr')) }} as periode_eind
    from periode
)

select distinct
    persoon.persoon_nr,
    met_eind.periode_nr,
    lid.doelgroep
from {{ ref('int_doelgroep_lid') }} as lid
inner join {{ ref('int_spiegel_persoon') }} as persoon
    on lid.pseudo_id = persoon.pseudo_id
inner join met_eind
    on met_eind.periode_eind between lid.van and lid.tot

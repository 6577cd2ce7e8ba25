-- Care paths of specialist care that stand: prestaties without the add-on medicines, each with its
-- consultations and whether anything else was done in it. What is counted in a path is counted once
-- here, for all indicators about referral, consultation, treatment and substitution.
with activiteit as (
    select
        prestatie_id,
        sum(case when consultsoort is not null then aantal else 0 end) as consulten,
        sum(case when consultsoort = 'vervolg' and consultkanaal = 'fysiek' then aantal else 0 end)
            as vervolg_fysiek,
        sum(
            case when consultsoort = 'vervolg' and consultkanaal = 'digitaal' then aantal else 0 end
        ) as vervolg_digitaal,
        sum(case when consultsoort is null then aantal else 0 end) as overige_activiteiten
    from {{ ref('fct_zorgactiviteit') }}
    where telt_mee
    group by prestatie_id
)

select
    prestatie.prestatie_id,
    prestatie.pseudo_id,
    prestatie.zorgaanbieder_id,
    prestatie.diagnosegroep,
    prestatie.begindatum,
    cast(extract(year from prestatie.begindatum) as integer) as jaar,
    coalesce(verwijzer.herkomst, 'onbekend') as verwijzer,
    cast(coalesce(activiteit.consulten, 0) as bigint) as consulten,
    cast(coalesce(activiteit.vervolg_fysiek, 0) as bigint) as vervolg_fysiek,
    cast(coalesce(activiteit.vervolg_digitaal, 0) as bigint) as vervolg_digitaal,
    cast(coalesce(activiteit.overige_activiteiten, 0) as bigint) as overige_activiteiten
from {{ ref('fct_prestatie') }} as prestatie
left join activiteit
    on prestatie.prestatie_id = activiteit.prestatie_id
left join {{ ref('verwijzersoort') }} as verwijzer
    on prestatie.verwijzer_soort = verwijzer.verwijzer_soort
where prestatie.sector = 'msz' and prestatie.telt_mee and not prestatie.is_add_on

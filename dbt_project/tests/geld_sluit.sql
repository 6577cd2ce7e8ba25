-- Money closes to the cent: what was declared is in the facts or on refused lines.
{{ config(group='kern') }}
with gedeclareerd as (
    select
        bericht_sleutel,
        identificatie,
        bedrag_cent
    from {{ ref('int_prestatie_regel') }}
    where tabel = 'decl_prestatie'
),

aangeleverd as (
    select coalesce(sum(bedrag_cent), 0) as cent from gedeclareerd
),

tarief as (
    select coalesce(sum(tarief.bedrag_cent), 0) as cent
    from {{ ref('stg_decl_tarief') }} as tarief
    inner join {{ ref('stg_decl_prestatie') }} as prestatie
        on
            tarief.bericht_sleutel = prestatie.bericht_sleutel
            and tarief.prestatie_identificatie = prestatie.identificatie
    where prestatie.bedrag_cent is null
),

eigen as (
    select coalesce(sum(bedrag_cent), 0) as cent
    from {{ ref('stg_decl_prestatie') }}
),

feit as (
    select cast(coalesce(sum(bedrag_eur), 0) * 100 as bigint) as cent
    from {{ ref('fct_prestatie') }}
    where kanaal <> 'fhir'
),

geweigerd as (
    select coalesce(sum(bedrag_cent), 0) as cent
    from {{ ref('int_prestatie') }}
    where tabel = 'decl_prestatie' and reden_code is not null
)

select
    aangeleverd.cent as aangeleverd,
    tarief.cent + eigen.cent as in_records,
    feit.cent as in_feiten,
    geweigerd.cent as geweigerd
from aangeleverd
cross join tarief
cross join eigen
cross join feit
cross join geweigerd
where
    aangeleverd.cent <> tarief.cent + eigen.cent
    or aangeleverd.cent <> feit.cent + geweigerd.cent

-- Money that came as FHIR closes to the cent: it is in the facts or on refused lines.
{{ config(group='kern') }}
with gedeclareerd as (
    select coalesce(sum(bedrag_cent), 0) as cent
    from {{ ref('int_prestatie_fhir') }}
),

feit as (
    select cast(coalesce(sum(bedrag_eur), 0) * 100 as bigint) as cent
    from {{ ref('fct_prestatie') }}
    where kanaal = 'fhir'
),

geweigerd as (
    select coalesce(sum(bedrag_cent), 0) as cent
    from {{ ref('int_prestatie') }}
    where
        tabel in ('fhir_declaratie_regel', 'fhir_toekenning_regel')
        and reden_code is not null
)

select
    gedeclareerd.cent as gedeclareerd,
    feit.cent as in_feiten,
    geweigerd.cent as geweigerd
from gedeclareerd
cross join feit
cross join geweigerd
where gedeclareerd.cent <> feit.cent + geweigerd.cent

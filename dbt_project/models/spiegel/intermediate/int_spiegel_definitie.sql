-- The definitions of the register: one row an indicator and version, with the key that models use.
-- Version 1 is ind_<indicator_id>, a later version ind_<indicator_id>_v<versie>; a model is never
-- renamed, so a definition keeps its key for good. Its case-mix model says which characteristics of
-- persons are compared, coarse to fine, and from how many persons on.
with definitie as (
    select
        {{ definitie_id('register.indicator_id', 'register.definitie_versie') }} as definitie_id,
        register.indicator_id,
        register.definitie_versie,
        register.soort_meting,
        register.soort_meting in ('gemiddelde_per_persoon', 'verhouding') as is_gemiddelde,
        register.richting,
        register.eenheid,
        register.niveaus,
        register.periode_typen,
        register.casemix,
        coalesce(model.kenmerken, '') as kenmerken,
        {{ staat_in("'chronisch'", "coalesce(model.kenmerken, '')") }} as met_chronisch,
        cast(model.minimum_personen as integer) as minimum_personen,
        cast(register.minimum_volume as integer) as minimum_volume,
        register.feiten
    from {{ ref('ref_indicator') }} as register
    inner join {{ ref('ref_casemix') }} as model
        on register.casemix = model.casemix_versie
)

select
    cast(row_number() over (order by definitie_id) as integer) as definitie_nr,
    definitie_id,
    indicator_id,
    definitie_versie,
    soort_meting,
    is_gemiddelde,
    richting,
    eenheid,
    niveaus,
    periode_typen,
    casemix,
    kenmerken,
    met_chronisch,
    minimum_personen,
    minimum_volume,
    feiten
from definitie

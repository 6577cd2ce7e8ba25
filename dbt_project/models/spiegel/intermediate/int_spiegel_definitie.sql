-- The definitions of the register: one row an indicator and version, with the key that models use.
-- Version 1 is ind_<indicator_id>, a later version ind_<indicator_id>_v<versie>; a model is never
-- renamed, so a definition keeps its key for good.
with definitie as (
    select
        {{ definitie_id('indicator_id', 'definitie_versie') }} as definitie_id,
        indicator_id,
        definitie_versie,
        soort_meting,
        richting,
        niveaus,
        periode_typen,
        casemix,
        cast(minimum_volume as integer) as minimum_volume,
        feiten
    from {{ ref('ref_indicator') }}
)

select
    cast(row_number() over (order by definitie_id) as integer) as definitie_nr,
    definitie_id,
    indicator_id,
    definitie_versie,
    soort_meting,
    richting,
    niveaus,
    periode_typen,
    casemix,
    minimum_volume,
    feiten
from definitie

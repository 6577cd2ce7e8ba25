-- Regions of the newest layout, each with the zorgkantoorregio it belongs to.
select
    regio_type,
    regio_code,
    regio_naam,
    zorgkantoorregio_code,
    geldig_van
from {{ ref('dim_regio_historie') }}
where geldig_tot = date '9999-12-31'

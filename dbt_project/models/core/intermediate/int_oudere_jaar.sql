-- Inhabitants of 65 and older in every year of the population register, with their age at its end.
-- Who is known from the registers of long-term care alone is left out: no source of the care that
-- is counted tells of him, so that care nobody delivered would look like care he did not need.
with jaar as (
    select distinct jaar
    from {{ ref('int_postcode_jaar') }}
),

in_zorg as (
    select pseudo_id
    from {{ ref('int_persoon_sleutel') }}
    union
    select pseudo_id
    from {{ ref('int_verzekerde') }}
)

select
    persoon.pseudo_id,
    jaar.jaar,
    jaar.jaar - persoon.geboortejaar as leeftijd
from {{ ref('dim_persoon') }} as persoon
inner join in_zorg
    on persoon.pseudo_id = in_zorg.pseudo_id
inner join jaar
    on jaar.jaar - persoon.geboortejaar >= 65

-- Inhabitants of 65 and older in every year of the population register, with their age at its end.
with jaar as (
    select distinct jaar
    from {{ ref('int_postcode_jaar') }}
)

select
    persoon.pseudo_id,
    jaar.jaar,
    jaar.jaar - persoon.geboortejaar as leeftijd
from {{ ref('dim_persoon') }} as persoon
inner join jaar
    on jaar.jaar - persoon.geboortejaar >= 65

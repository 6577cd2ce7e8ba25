-- Persons by number: what follows groups by them many times, and numbers are far cheaper than keys.
-- The numbers live within one build and reach no mart.
select
    cast(row_number() over (order by pseudo_id) as integer) as persoon_nr,
    pseudo_id,
    geboortejaar,
    geslacht,
    welvaart_kwintiel,
    pc4,
    uzovi
from {{ ref('dim_persoon') }}

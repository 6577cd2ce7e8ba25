-- Insured persons as Vektis published them, one row a published row: apart from the costs, so that
-- a sum over kinds of cost never counts a person more than once.
select distinct
    jaar,
    gemeentenaam,
    gemeente_code,
    geslacht,
    leeftijdsklasse,
    aantal_verzekerden,
    verzekerdejaren,
    bekend_op
from {{ ref('int_vektis_gemeente') }}

-- Labels (UZOVI) of insurers and the concern each of them belonged to, with the days it held.
select
    uzovi,
    concern_id as verzekeraar_id,
    naam,
    geldig_van,
    geldig_tot
from {{ ref('int_verzekeraar') }}

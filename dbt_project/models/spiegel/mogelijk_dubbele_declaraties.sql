-- How much care may count twice because it was declared as an EI message and as a FHIR Claim, per
-- pair of sources, sector and year of care. Candidates, not certainties: nothing is left out of
-- fct_prestatie for it (docs/decisions/0022).
select
    bron_ei,
    bron_fhir,
    sector,
    cast(extract(year from begindatum) as varchar) as periode,
    cast(sum(n_dubbel) as bigint) as n_regels,
    cast(sum(n_zonder_verzekeraar) as bigint) as n_zonder_verzekeraar,
    cast(count(distinct pseudo_id) as bigint) as n_personen,
    cast(sum(n_dubbel * bedrag_eur) as decimal(18, 2)) as bedrag_eur
from {{ ref('int_mogelijk_dubbel') }}
group by bron_ei, bron_fhir, sector, cast(extract(year from begindatum) as varchar)

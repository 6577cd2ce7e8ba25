-- Amounts of ExplanationOfBenefits (FHIR) per place and kind, in euro and exact: what was declared
-- and what was granted. Categories of which schemas/codes/toekenning_soort.csv says neither are
-- left out; one that carries two codings of one kind counts once.
with soort as (
    select distinct
        bedrag.bron_id,
        bedrag.resource_sleutel,
        bedrag.plaats,
        bedrag.regel_index,
        bedrag.bedrag_nr,
        bedrag.bedrag,
        soort.soort
    from {{ ref('stg_fhir_toekenning_bedrag') }} as bedrag
    inner join {{ ref('toekenning_soort') }} as soort
        on
            {{ codestelsel_vorm('bedrag.categorie_stelsel') }} = soort.stelsel
            and bedrag.categorie_code = soort.code
    where bedrag.bedrag is not null and soort.soort in ('gedeclareerd', 'toegekend')
)

select
    bron_id,
    resource_sleutel,
    plaats,
    regel_index,
    soort,
    sum(bedrag) as bedrag
from soort
group by bron_id, resource_sleutel, plaats, regel_index, soort

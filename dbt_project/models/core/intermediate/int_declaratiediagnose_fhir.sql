-- Diagnoses of Claims and ExplanationOfBenefits (FHIR), one row a diagnosis: its own code or that
-- of the Condition it refers to, in one spelling of the code system. Of several codings one that
-- has a diagnosegroep counts, or else the first. volgnr 1 is the principal diagnosis, or else the
-- first.
with bron as (
    {% for naam in ['declaratie', 'toekenning'] %}
        select
            bron_id,
            resource_sleutel,
            diagnose_nr,
            rol_code,
            aandoening_sleutel,
            code_stelsel,
            code
        from {{ ref('stg_fhir_' ~ naam ~ '_diagnose') }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

gevonden as (
    select
        bron.bron_id,
        bron.resource_sleutel,
        bron.diagnose_nr,
        bron.rol_code,
        {{ codestelsel_vorm('coalesce(bron.code_stelsel, aandoening.code_stelsel)') }} as vorm,
        coalesce(bron.code, aandoening.code) as code
    from bron
    left join {{ ref('stg_fhir_diagnose') }} as aandoening
        on
            bron.code is null
            and bron.bron_id = aandoening.bron_id
            and bron.aandoening_sleutel = aandoening.resource_sleutel
),

gerangschikt as (
    select
        gevonden.bron_id,
        gevonden.resource_sleutel,
        gevonden.diagnose_nr,
        gevonden.rol_code,
        coalesce(codestelsel.codestelsel, gevonden.vorm) as diagnosecodelijst,
        gevonden.code as diagnosecode,
        row_number() over (
            partition by gevonden.bron_id, gevonden.resource_sleutel, gevonden.diagnose_nr
            order by
                case when concept.diagnosegroep is null then 1 else 0 end asc,
                gevonden.vorm asc nulls last,
                gevonden.code asc nulls last,
                gevonden.rol_code asc nulls last
        ) as codering_nr
    from gevonden
    left join {{ ref('codestelsel') }} as codestelsel
        on gevonden.vorm = codestelsel.vorm
    left join {{ ref('diagnose_concept') }} as concept
        on codestelsel.codestelsel = concept.stelsel and gevonden.code = concept.code
)

select
    bron_id,
    resource_sleutel,
    diagnose_nr,
    diagnosecodelijst,
    diagnosecode,
    row_number() over (
        partition by bron_id, resource_sleutel
        order by
            case when rol_code = 'principal' then 0 else 1 end asc,
            diagnose_nr asc nulls last
    ) as volgnr
from gerangschikt
where codering_nr = 1

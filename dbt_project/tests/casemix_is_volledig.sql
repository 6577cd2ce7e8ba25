-- A case-mix model compares characteristics that there are, each once, and has a key made of its
-- name and version; what is called geen compares nothing, and the plain model at most two. Chronic
-- conditions are diagnosis groups of the project, and every number of them is in one class.
{{ config(group='kern') }}
{% set kenmerk = '(leeftijdsklasse|geslacht|chronisch|welvaart_kwintiel)' %}
with groep as (
    select diagnosegroep from {{ ref('diagnosegroep') }}
    union
    select diagnosegroep from {{ ref('diagnose_concept') }}
)

select casemix_versie as wat
from {{ ref('ref_casemix') }}
where
    casemix_versie <> model || '-' || versie
    or not regexp_full_match(versie, '[1-9][0-9]*')
    or not regexp_full_match(minimum_personen, '[1-9][0-9]*')
    or (model = 'geen') <> (coalesce(kenmerken, '') = '')
    or not regexp_full_match(coalesce(kenmerken, ''), '({{ kenmerk }}(;{{ kenmerk }}){0,3})?')
    {% for naam in ['leeftijdsklasse', 'geslacht', 'chronisch', 'welvaart_kwintiel'] -%}
        or regexp_matches(coalesce(kenmerken, ''), '{{ naam }}.*{{ naam }}')
    {% endfor %}
    or coalesce(length(uitleg), 0) < 40
union all
select '{{ var("casemix_basis") }}' as wat
from {{ ref('ref_casemix') }}
having
    max(
        case
            when casemix_versie = '{{ var("casemix_basis") }}' and kenmerken not like '%;%;%' then 1
            else 0
        end
    ) = 0
union all
select chronisch.diagnosegroep as wat
from {{ ref('ref_chronische_aandoening') }} as chronisch
left join groep
    on chronisch.diagnosegroep = groep.diagnosegroep
where
    groep.diagnosegroep is null
    or coalesce(length(chronisch.status), 0) < 3
union all
select chronisch as wat
from (
    select
        chronisch,
        van,
        tot,
        lead(van) over (order by van) as volgende,
        min(van) over () as eerste
    from {{ ref('ref_chronisch_klasse') }}
) as klasse
where tot < van or eerste <> 0 or coalesce(volgende, tot + 1) <> tot + 1 or tot < 0

-- Per person and year the care that says whether care moves: hospital care that the first line can
-- also give (doelzorg), that care in the first line, the Wlz, and all other hospital care. The
-- cohort are people with a diagnosis of such a condition on or before the end of the year.
with groep as (
    select distinct diagnosegroep
    from {{ ref('substitutie_zorg') }}
    where deel = 'doelzorg'
),

diagnose as (
    select
        diagnose.pseudo_id,
        cast(min(extract(year from diagnose.registratiedatum)) as integer) as sinds
    from {{ ref('fct_diagnose') }} as diagnose
    inner join groep
        on diagnose.diagnosegroep = groep.diagnosegroep
    where coalesce(diagnose.verificatie_status, '') not in ('refuted', 'entered-in-error')
    group by diagnose.pseudo_id
),

zorg as (
    select
        traject.pseudo_id,
        traject.jaar,
        case when groep.diagnosegroep is null then 'overig' else 'doelzorg' end as deel
    from {{ ref('fct_zorgtraject') }} as traject
    left join groep
        on traject.diagnosegroep = groep.diagnosegroep
    union all
    select
        prestatie.pseudo_id,
        cast(extract(year from prestatie.begindatum) as integer) as jaar,
        regel.deel
    from {{ ref('fct_prestatie') }} as prestatie
    inner join {{ ref('substitutie_zorg') }} as regel
        on
            prestatie.sector = regel.sector
            and (
                regel.prestatiecode is null
                or prestatie.prestatiecode = regel.prestatiecode
            )
            and regel.deel in ('eerstelijn', 'wlz')
    where prestatie.telt_mee
)

select
    zorg.pseudo_id,
    zorg.jaar,
    coalesce(diagnose.sinds <= zorg.jaar, false) as in_cohort,
    {% for deel in ['doelzorg', 'eerstelijn', 'wlz', 'overig'] -%}
        cast(sum(case when zorg.deel = '{{ deel }}' then 1 else 0 end) as bigint) as {{ deel }}
        {%- if not loop.last %},{% endif %}
    {% endfor %}
from zorg
left join diagnose
    on zorg.pseudo_id = diagnose.pseudo_id
group by zorg.pseudo_id, zorg.jaar, diagnose.sinds

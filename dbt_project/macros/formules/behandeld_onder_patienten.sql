{#
    Persons with the diagnosis of an intervention at each zorgaanbieder, and who of them had it
    there. Both follow the year in which the care path began: who is operated in January counts in
    the year of the path.
#}
{% macro behandeld_onder_patienten(indicator_id, interventie_id) -%}
with behandeld as (
    select distinct
        pseudo_id,
        zorgaanbieder_id,
        traject_jaar as jaar
    from {{ ref('fct_behandeling') }}
    where interventie_id = '{{ interventie_id }}'
),

patient as (
    select distinct
        traject.pseudo_id,
        traject.zorgaanbieder_id,
        traject.jaar,
        traject.diagnosegroep
    from {{ ref('fct_zorgtraject') }} as traject
    inner join {{ ref('interventie') }} as interventie
        on traject.diagnosegroep = interventie.diagnosegroep
    where interventie.interventie_id = '{{ interventie_id }}'
)

select
    '{{ indicator_id }}' as indicator_id,
    patient.zorgaanbieder_id,
    patient.pseudo_id,
    make_date(patient.jaar, 12, 31) as peildatum,
    patient.diagnosegroep,
    cast(case when behandeld.pseudo_id is null then 0 else 1 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from patient
left join behandeld
    on
        patient.pseudo_id = behandeld.pseudo_id
        and patient.zorgaanbieder_id = behandeld.zorgaanbieder_id
        and patient.jaar = behandeld.jaar
{%- endmacro %}

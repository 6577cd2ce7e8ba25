-- Follow-up consultations of prestaties that stand, and how many of them were at a distance.
with consult as (
    select
        pseudo_id,
        zorgaanbieder_id,
        diagnosegroep,
        begindatum,
        consultkanaal,
        aantal
    from {{ ref('fct_zorgactiviteit') }}
    where consultsoort = 'vervolg' and telt_mee
)

select
    'vervolgconsult_digitaal' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    begindatum as peildatum,
    diagnosegroep,
    cast(sum(case when consultkanaal = 'digitaal' then aantal else 0 end) as decimal(18, 4))
        as teller,
    cast(sum(aantal) as decimal(18, 4)) as noemer
from consult
group by zorgaanbieder_id, pseudo_id, begindatum, diagnosegroep

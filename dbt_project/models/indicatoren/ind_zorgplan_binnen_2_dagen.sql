-- Admissions, and whether the hospital made a care plan on the day itself or one of the next two.
with plan as (
    select distinct
        pseudo_id,
        zorgaanbieder_id,
        opsteldatum
    from {{ ref('fct_zorgplan') }}
    where coalesce(status, '') not in ('draft', 'revoked', 'entered-in-error')
)

select
    'zorgplan_binnen_2_dagen' as indicator_id,
    contact.zorgaanbieder_id,
    contact.pseudo_id,
    contact.begindatum as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when count(plan.opsteldatum) > 0 then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_contact') }} as contact
inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on contact.zorgaanbieder_id = aanbieder.zorgaanbieder_id
cross join {{ ref('int_bekend_tot') }}
left join plan
    on
        contact.pseudo_id = plan.pseudo_id
        and contact.zorgaanbieder_id = plan.zorgaanbieder_id
        and {{ dagen_tussen('contact.begindatum', 'plan.opsteldatum') }} between 0 and 2
where
    aanbieder.is_ziekenhuis
    and contact.klasse = 'IMP'
    and coalesce(contact.status, '') not in ('planned', 'cancelled', 'entered-in-error')
    and {{ dagen_tussen('contact.begindatum', 'bekend_tot') }} >= 2
group by contact.contact_id, contact.zorgaanbieder_id, contact.pseudo_id, contact.begindatum

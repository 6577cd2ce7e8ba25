-- Visits to the emergency department (SEH), and whether an admission began within a day, at
-- whichever hospital.
with contact as (
    select
        contact_id,
        pseudo_id,
        zorgaanbieder_id,
        klasse,
        reden_diagnosegroep,
        begin_op,
        eind_op,
        begindatum,
        bekend_op
    from {{ ref('fct_contact') }}
    where
        klasse in ('EMER', 'IMP')
        and begin_op is not null
        and coalesce(status, '') not in ('planned', 'cancelled', 'entered-in-error')
),

met_opname as (
    select
        contact_id,
        pseudo_id,
        zorgaanbieder_id,
        klasse,
        reden_diagnosegroep,
        begin_op,
        eind_op,
        begindatum,
        bekend_op,
        min(case when klasse = 'IMP' then begin_op end) over (
            partition by pseudo_id
            order by begin_op
            range between current row and unbounded following
        ) as opname_op
    from contact
)

select
    contact_id,
    pseudo_id,
    zorgaanbieder_id,
    reden_diagnosegroep as diagnosegroep,
    begin_op,
    eind_op,
    begindatum,
    coalesce(opname_op <= begin_op + interval 24 hour, false) as is_opgenomen,
    bekend_op
from met_opname
where klasse = 'EMER'

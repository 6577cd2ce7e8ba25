-- Hospital stays that ended with the patient alive, and whether an acute stay followed within
-- thirty days, at whichever hospital. Stays of the last thirty days that are known do not count
-- yet. Transfers end no stay (fct_opname), planned readmissions are none.
select
    'heropname_30_dagen' as indicator_id,
    opname.zorgaanbieder_id,
    opname.pseudo_id,
    opname.ontslagdatum as peildatum,
    coalesce(opname.diagnosegroep, 'TOTAAL') as diagnosegroep,
    cast(
        case when opname.dagen_tot_acuut <= 30 then 1 else 0 end as decimal(18, 4)
    ) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_opname') }} as opname
inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on opname.zorgaanbieder_id = aanbieder.zorgaanbieder_id
cross join {{ ref('int_bekend_tot') }}
where
    aanbieder.is_ziekenhuis
    and not opname.is_overleden
    and {{ dagen_tussen('opname.ontslagdatum', 'bekend_tot') }} >= 30

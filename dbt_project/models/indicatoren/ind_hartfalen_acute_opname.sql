-- Patients with heart failure at each hospital they visited in a year, and whether they were
-- admitted there acutely for heart failure in that year.
{{ hartfalen_patientjaar() }}

select
    'hartfalen_acute_opname' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when n_acuut > 0 then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from patientjaar

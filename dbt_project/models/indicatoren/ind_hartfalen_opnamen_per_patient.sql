-- Acute admissions for heart failure of each patient at each hospital in a year: variant b of the
-- agreement, in which someone who is admitted twice counts twice.
{{ hartfalen_patientjaar() }}

select
    'hartfalen_opnamen_per_patient' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    'TOTAAL' as diagnosegroep,
    cast(n_acuut as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from patientjaar

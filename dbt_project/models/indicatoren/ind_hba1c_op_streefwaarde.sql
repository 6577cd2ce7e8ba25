-- People with diabetes whose HbA1c was measured in a year, and whether the last one reached the
-- target.
select
    'hba1c_op_streefwaarde' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    meetdatum as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when is_bereikt then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_laatste_meting') }}
where indicator_id = 'hba1c_op_streefwaarde'

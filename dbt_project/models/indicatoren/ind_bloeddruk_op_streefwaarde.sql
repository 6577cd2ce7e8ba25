-- People with hypertension or diabetes whose blood pressure was measured in a year, and whether
-- the last systolic pressure reached the target.
select
    'bloeddruk_op_streefwaarde' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    meetdatum as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when is_bereikt then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_laatste_meting') }}
where indicator_id = 'bloeddruk_op_streefwaarde'

-- Care for conditions that hospital and first line can both give, and how much of it the first line
-- gave. Who takes part and what counts as such care is said in schemas/codes/substitutie_zorg.csv.
select
    'substitutie_eerste_lijn' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    pseudo_id,
    make_date(jaar, 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(eerstelijn as decimal(18, 4)) as teller,
    cast(eerstelijn + doelzorg as decimal(18, 4)) as noemer
from {{ ref('int_substitutie_persoon') }}
where in_cohort and eerstelijn + doelzorg > 0

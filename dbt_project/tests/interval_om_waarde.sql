-- The confidence interval holds the value.
{{ config(group='kern') }}
select
    indicator_id,
    niveau,
    eenheid_id,
    periode,
    waarde,
    ci_laag,
    ci_hoog
from {{ ref('spiegel_indicator') }}
where waarde < ci_laag - 0.000001 or waarde > ci_hoog + 0.000001

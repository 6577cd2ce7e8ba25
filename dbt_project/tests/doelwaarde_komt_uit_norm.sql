-- A target always comes from the list of norms.
{{ config(group='kern') }}
select
    indicator_id,
    norm_id,
    doelwaarde
from {{ ref('spiegel_indicator') }}
where (norm_id is null) <> (doelwaarde is null)

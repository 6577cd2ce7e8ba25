-- Expected tellers redistribute what happened: per level of units they add up to its tellers.
{{ config(group='kern') }}
select
    indicator_id,
    definitie_versie,
    niveau,
    uitsplitsing,
    uitsplitsing_waarde,
    periode,
    sum(teller) as teller,
    sum(verwacht) as verwacht
from {{ ref('spiegel_indicator') }}
group by
    indicator_id,
    definitie_versie,
    niveau,
    uitsplitsing,
    uitsplitsing_waarde,
    periode
having abs(sum(teller) - sum(verwacht)) > 0.001 * count(*)

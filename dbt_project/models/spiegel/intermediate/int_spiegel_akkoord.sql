-- Whether each definition is accepted on the day that this build tells of: the day it is made, or
-- of a build of what was known on a day (--as-of) that day. What is agreed to begin or to end later
-- does not count yet.
select
    indicator_id,
    definitie_versie,
    akkoord
from {{ ref('indicator_akkoord') }}
where date '{{ akkoord_dag() }}' between geldig_van and geldig_tot

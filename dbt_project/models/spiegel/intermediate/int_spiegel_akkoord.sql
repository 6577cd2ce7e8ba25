-- Whether each definition is accepted on the day that this build tells of: the last word of the
-- register, or of a build of what was known on a day (--as-of) that day.
select
    indicator_id,
    definitie_versie,
    akkoord
from {{ ref('indicator_akkoord') }}
where date '{{ akkoord_dag() }}' between geldig_van and geldig_tot

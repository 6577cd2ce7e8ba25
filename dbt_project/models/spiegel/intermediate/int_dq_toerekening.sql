-- For whom the quality of the records of a care provider in a year speaks: for itself, and for who
-- it counts under at the end of a quarter of that year, so that a successor answers for what came
-- to it in the years in which those figures are its own, in part or in full. For figures about
-- inhabitants (ONBEKEND) every record speaks, also one that names no care provider.
select distinct
    zorgaanbieder_id,
    periode,
    zorgaanbieder_id as eenheid_id
from {{ ref('int_dq_totaal') }}
union
select distinct
    zorgaanbieder_id,
    periode,
    'ONBEKEND' as eenheid_id
from {{ ref('int_dq_totaal') }}
union
select distinct
    totaal.zorgaanbieder_id,
    totaal.periode,
    opvolging.eenheid_id
from {{ ref('int_dq_totaal') }} as totaal
inner join {{ ref('int_aanbieder_opvolging') }} as opvolging
    on
        totaal.zorgaanbieder_id = opvolging.zorgaanbieder_id
        and opvolging.geldig_van <= {{ eind_van_periode('totaal.periode') }}
        and opvolging.geldig_tot >= {{ eind_van_periode('totaal.periode') }} - interval 9 month

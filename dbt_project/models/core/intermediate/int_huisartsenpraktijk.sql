-- The GP practice of each person: that with most prestaties, of two alike the lowest code.
with geteld as (
    select
        pseudo_id,
        zorgaanbieder_id,
        count(*) as prestaties
    from {{ ref('fct_prestatie') }}
    where sector = 'huisartsenzorg' and telt_mee
    group by pseudo_id, zorgaanbieder_id
),

gerangschikt as (
    select
        pseudo_id,
        zorgaanbieder_id,
        row_number() over (
            partition by pseudo_id
            order by prestaties desc, zorgaanbieder_id asc
        ) as volgnr
    from geteld
)

select
    pseudo_id,
    zorgaanbieder_id as praktijk_id
from gerangschikt
where volgnr = 1

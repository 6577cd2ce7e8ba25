-- One row a care provider, also one that ended: its newest validity in the address book.
with gerangschikt as (
    select
        zorgaanbieder_id,
        naam,
        soort,
        is_ziekenhuis,
        gemeente_code,
        zorgkantoorregio_code,
        geldig_van,
        geldig_tot,
        opvolger_id,
        row_number() over (partition by zorgaanbieder_id order by geldig_van desc) as volgnr
    from {{ ref('dim_zorgaanbieder_historie') }}
)

select
    zorgaanbieder_id,
    naam,
    soort,
    is_ziekenhuis,
    gemeente_code,
    zorgkantoorregio_code,
    geldig_van,
    nullif(geldig_tot, date '9999-12-31') as geldig_tot,
    opvolger_id
from gerangschikt
where volgnr = 1

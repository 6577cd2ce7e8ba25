-- One row an insurance concern, also one that went on in another: its labels are in the history.
select
    verzekeraar_id,
    min(naam) as naam,
    min(geldig_van) as geldig_van,
    max(geldig_tot) as geldig_tot
from {{ ref('dim_verzekeraar_historie') }}
group by verzekeraar_id

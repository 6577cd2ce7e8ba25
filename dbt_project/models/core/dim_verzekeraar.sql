-- One row an insurance concern; its labels (UZOVI) are in the code list.
select
    concern_id as verzekeraar_id,
    min(naam) as naam
from {{ ref('verzekeraar') }}
group by concern_id

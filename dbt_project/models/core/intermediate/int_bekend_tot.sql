-- The last day on which a source put a contact on record: what would have followed later is not
-- known yet.
select max(bekend_op) as bekend_tot
from {{ ref('fct_contact') }}

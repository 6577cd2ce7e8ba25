-- Care provider of an accepted contact, for records that name the contact alone.
select
    bron_id,
    resource_sleutel as contact_sleutel,
    zorgaanbieder_id
from {{ ref('int_contact') }}
where reden_code is null

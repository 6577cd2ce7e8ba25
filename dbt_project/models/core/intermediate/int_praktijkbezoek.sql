-- People with a contact at a GP practice in a year, once a practice, with their age at its end.
select distinct
    contact.pseudo_id,
    contact.zorgaanbieder_id,
    make_date(cast(extract(year from contact.begindatum) as integer), 12, 31) as peildatum,
    extract(year from contact.begindatum) - persoon.geboortejaar as leeftijd
from {{ ref('fct_contact') }} as contact
inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on contact.zorgaanbieder_id = aanbieder.zorgaanbieder_id
inner join {{ ref('dim_persoon') }} as persoon
    on contact.pseudo_id = persoon.pseudo_id
where
    aanbieder.soort = 'huisartsenpraktijk'
    and contact.begindatum is not null
    and coalesce(contact.status, '') not in ('planned', 'cancelled', 'entered-in-error')

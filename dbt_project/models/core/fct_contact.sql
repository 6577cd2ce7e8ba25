-- Contacts and admissions that are used.
select
    {{ sleutel(['bron_id', 'resource_sleutel']) }} as contact_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    status,
    klasse,
    soort_stelsel,
    soort_code,
    reden_stelsel,
    contactreden_code as reden_code,
    reden_diagnosegroep,
    prioriteit,
    bestemming_code,
    begin_op,
    eind_op,
    {{ lokale_datum('begin_op') }} as begindatum,
    beschikbaar_op,
    bekend_op
from {{ ref('int_contact') }}
where reden_code is null

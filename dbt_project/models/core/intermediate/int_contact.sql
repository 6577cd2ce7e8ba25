-- Contacts and admissions, each with the reason why one cannot be used; null means accepted.
-- A contact that names no care provider is kept: it is about the person all the same.
select
    contact.bron_id,
    contact.levering_id,
    contact.bestand,
    contact.regel,
    contact.resource_sleutel,
    coalesce(persoon.pseudo_id, contact.patient_pseudo_id) as pseudo_id,
    contact.zorgaanbieder_id,
    contact.status,
    contact.klasse,
    contact.soort_stelsel,
    contact.soort_code,
    contact.reden_stelsel,
    contact.reden_code as contactreden_code,
    reden.diagnosegroep as reden_diagnosegroep,
    contact.prioriteit,
    contact.begin_op,
    contact.eind_op,
    contact.bestemming_code,
    contact.eerst_beschikbaar_op as beschikbaar_op,
    {{ lokale_datum('contact.beschikbaar_op') }} as bekend_op,
    case
        when coalesce(persoon.pseudo_id, contact.patient_pseudo_id) is null
            then 'FHIR-PATIENT-ONBEKEND'
        when contact.zorgaanbieder_id is not null and aanbieder.zorgaanbieder_id is null
            then 'ZORGAANBIEDER-ONBEKEND'
    end as reden_code
from {{ ref('stg_fhir_contact') }} as contact
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        contact.bron_id = persoon.bron_id
        and contact.patient_sleutel = persoon.patient_sleutel
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on contact.zorgaanbieder_id = aanbieder.zorgaanbieder_id
left join {{ ref('codestelsel') }} as codestelsel
    on {{ codestelsel_vorm('contact.reden_stelsel') }} = codestelsel.vorm
left join {{ ref('diagnose_concept') }} as reden
    on codestelsel.codestelsel = reden.stelsel and contact.reden_code = reden.code

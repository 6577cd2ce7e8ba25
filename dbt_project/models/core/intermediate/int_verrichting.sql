-- Procedures, one row a coding, each with the reason why it cannot be used; null means accepted.
select
    verrichting.bron_id,
    verrichting.levering_id,
    verrichting.bestand,
    verrichting.regel,
    verrichting.resource_sleutel,
    coalesce(persoon.pseudo_id, verrichting.patient_pseudo_id) as pseudo_id,
    coalesce(verrichting.zorgaanbieder_id, contact.zorgaanbieder_id) as zorgaanbieder_id,
    verrichting.status,
    verrichting.code_stelsel,
    verrichting.code,
    verrichting.uitgevoerd_op,
    verrichting.eerst_beschikbaar_op as beschikbaar_op,
    {{ lokale_datum('verrichting.beschikbaar_op') }} as bekend_op,
    {{ codering_nr('verrichting') }} as codering_nr,
    case
        when coalesce(persoon.pseudo_id, verrichting.patient_pseudo_id) is null
            then 'FHIR-PATIENT-ONBEKEND'
        when verrichting.zorgaanbieder_id is not null and aanbieder.zorgaanbieder_id is null
            then 'ZORGAANBIEDER-ONBEKEND'
    end as reden_code
from {{ ref('stg_fhir_verrichting') }} as verrichting
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        verrichting.bron_id = persoon.bron_id
        and verrichting.patient_sleutel = persoon.patient_sleutel
left join {{ ref('int_contact_aanbieder') }} as contact
    on
        verrichting.bron_id = contact.bron_id
        and verrichting.contact_sleutel = contact.contact_sleutel
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on verrichting.zorgaanbieder_id = aanbieder.zorgaanbieder_id

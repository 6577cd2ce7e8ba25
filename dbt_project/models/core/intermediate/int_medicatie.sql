-- Prescriptions, one row a coding, each with the reason why it cannot be used; null means accepted.
select
    medicatie.bron_id,
    medicatie.levering_id,
    medicatie.bestand,
    medicatie.regel,
    medicatie.resource_sleutel,
    coalesce(persoon.pseudo_id, medicatie.patient_pseudo_id) as pseudo_id,
    coalesce(medicatie.zorgaanbieder_id, contact.zorgaanbieder_id) as zorgaanbieder_id,
    medicatie.status,
    medicatie.intentie,
    medicatie.code_stelsel,
    medicatie.code,
    coalesce(medicatie.niet_gebruiken, false) or medicatie.stoptype_code is not null as is_stop,
    medicatie.begin_op,
    medicatie.eind_op,
    medicatie.geregistreerd_op,
    medicatie.eerst_beschikbaar_op as beschikbaar_op,
    {{ lokale_datum('medicatie.beschikbaar_op') }} as bekend_op,
    {{ codering_nr('medicatie') }} as codering_nr,
    case
        when coalesce(persoon.pseudo_id, medicatie.patient_pseudo_id) is null
            then 'FHIR-PATIENT-ONBEKEND'
        when medicatie.zorgaanbieder_id is not null and aanbieder.zorgaanbieder_id is null
            then 'ZORGAANBIEDER-ONBEKEND'
    end as reden_code
from {{ ref('stg_fhir_medicatie') }} as medicatie
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        medicatie.bron_id = persoon.bron_id
        and medicatie.patient_sleutel = persoon.patient_sleutel
left join {{ ref('int_contact_aanbieder') }} as contact
    on
        medicatie.bron_id = contact.bron_id
        and medicatie.contact_sleutel = contact.contact_sleutel
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on medicatie.zorgaanbieder_id = aanbieder.zorgaanbieder_id

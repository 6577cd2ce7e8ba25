-- Diagnoses, one row a coding, each with the reason why it cannot be used; null means accepted.
-- The care provider is that of the contact in which the diagnosis was made. The person is who the
-- reference leads to, or else who it names by BSN.
select
    diagnose.bron_id,
    diagnose.levering_id,
    diagnose.bestand,
    diagnose.regel,
    diagnose.resource_sleutel,
    coalesce(persoon.pseudo_id, diagnose.patient_pseudo_id) as pseudo_id,
    contact.zorgaanbieder_id,
    diagnose.klinische_status,
    diagnose.verificatie_status,
    diagnose.code_stelsel,
    diagnose.code,
    concept.diagnosegroep,
    diagnose.begin_op,
    diagnose.geregistreerd_op,
    diagnose.eerst_beschikbaar_op as beschikbaar_op,
    {{ lokale_datum('diagnose.beschikbaar_op') }} as bekend_op,
    {{ codering_nr('diagnose') }} as codering_nr,
    case
        when coalesce(persoon.pseudo_id, diagnose.patient_pseudo_id) is null
            then 'FHIR-PATIENT-ONBEKEND'
    end as reden_code
from {{ ref('stg_fhir_diagnose') }} as diagnose
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        diagnose.bron_id = persoon.bron_id
        and diagnose.patient_sleutel = persoon.patient_sleutel
left join {{ ref('int_contact_aanbieder') }} as contact
    on
        diagnose.bron_id = contact.bron_id
        and diagnose.contact_sleutel = contact.contact_sleutel
left join {{ ref('codestelsel') }} as codestelsel
    on {{ codestelsel_vorm('diagnose.code_stelsel') }} = codestelsel.vorm
left join {{ ref('diagnose_concept') }} as concept
    on codestelsel.codestelsel = concept.stelsel and diagnose.code = concept.code

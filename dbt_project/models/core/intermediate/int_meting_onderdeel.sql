-- Parts of a measurement (the two values of a blood pressure) with what they share with the whole.
with geheel as (
    select
        bron_id,
        resource_sleutel,
        max(contact_sleutel) as contact_sleutel,
        max(zorgaanbieder_id) as zorgaanbieder_id,
        max(uitvoerder_sleutel) as uitvoerder_sleutel,
        max(categorie) as categorie,
        max(afgenomen_op) as afgenomen_op,
        max(geregistreerd_op) as geregistreerd_op
    from {{ ref('stg_fhir_meting') }}
    group by bron_id, resource_sleutel
)

select
    deel.bron_id,
    deel.levering_id,
    deel.bestand,
    deel.regel,
    deel.resource_sleutel,
    deel.patient_sleutel,
    deel.patient_pseudo_id,
    geheel.contact_sleutel,
    geheel.zorgaanbieder_id,
    geheel.uitvoerder_sleutel,
    deel.status,
    geheel.categorie,
    deel.code_stelsel,
    deel.code,
    deel.comparator,
    deel.waarde,
    deel.eenheid,
    deel.eenheid_code,
    deel.eenheid_tekst,
    deel.waarde_stelsel,
    deel.waarde_code,
    geheel.afgenomen_op,
    geheel.geregistreerd_op,
    deel.beschikbaar_op,
    deel.eerst_beschikbaar_op
from {{ ref('stg_fhir_meting_component') }} as deel
left join geheel
    on
        deel.bron_id = geheel.bron_id
        and deel.resource_sleutel = geheel.resource_sleutel

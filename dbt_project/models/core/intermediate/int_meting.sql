-- Measurements, one row a coding, and their parts, one row a part. Each row has the reason why it
-- cannot be used; null means accepted.
with alles as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        false as is_onderdeel,
        patient_sleutel,
        patient_pseudo_id,
        contact_sleutel,
        zorgaanbieder_id,
        status,
        categorie,
        code_stelsel,
        code,
        comparator,
        waarde,
        eenheid,
        waarde_stelsel,
        waarde_code,
        afgenomen_op,
        geregistreerd_op,
        eerst_beschikbaar_op
    from {{ ref('stg_fhir_meting') }}
    union all
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        resource_sleutel,
        true as is_onderdeel,
        patient_sleutel,
        patient_pseudo_id,
        contact_sleutel,
        zorgaanbieder_id,
        status,
        categorie,
        code_stelsel,
        code,
        cast(null as varchar) as comparator,
        waarde,
        eenheid,
        cast(null as varchar) as waarde_stelsel,
        cast(null as varchar) as waarde_code,
        afgenomen_op,
        geregistreerd_op,
        eerst_beschikbaar_op
    from {{ ref('int_meting_onderdeel') }}
)

select
    meting.bron_id,
    meting.levering_id,
    meting.bestand,
    meting.regel,
    meting.resource_sleutel,
    meting.is_onderdeel,
    coalesce(persoon.pseudo_id, meting.patient_pseudo_id) as pseudo_id,
    coalesce(meting.zorgaanbieder_id, contact.zorgaanbieder_id) as zorgaanbieder_id,
    meting.status,
    meting.categorie,
    meting.code_stelsel,
    meting.code,
    meting.comparator,
    meting.waarde,
    meting.eenheid,
    meting.waarde_stelsel,
    meting.waarde_code,
    meting.afgenomen_op,
    meting.geregistreerd_op,
    meting.eerst_beschikbaar_op as beschikbaar_op,
    row_number() over (
        partition by meting.bron_id, meting.resource_sleutel
        order by
            meting.is_onderdeel asc,
            meting.code_stelsel asc nulls last,
            meting.code asc nulls last,
            meting.waarde asc nulls last
    ) as codering_nr,
    case
        when coalesce(persoon.pseudo_id, meting.patient_pseudo_id) is null
            then 'FHIR-PATIENT-ONBEKEND'
        when meting.zorgaanbieder_id is not null and aanbieder.zorgaanbieder_id is null
            then 'ZORGAANBIEDER-ONBEKEND'
    end as reden_code
from alles as meting
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        meting.bron_id = persoon.bron_id
        and meting.patient_sleutel = persoon.patient_sleutel
left join {{ ref('int_contact_aanbieder') }} as contact
    on
        meting.bron_id = contact.bron_id
        and meting.contact_sleutel = contact.contact_sleutel
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on meting.zorgaanbieder_id = aanbieder.zorgaanbieder_id

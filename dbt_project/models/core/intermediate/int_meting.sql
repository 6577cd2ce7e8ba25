-- Measurements, one row a coding, and their parts, one row a part. Each row has the reason why it
-- cannot be used; null means accepted. Whether a row counts is apart from that: a preliminary or
-- cancelled result, or one entered in error, is no fault of the source but no result either.
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
        uitvoerder_sleutel,
        status,
        categorie,
        code_stelsel,
        code,
        comparator,
        waarde,
        coalesce(eenheid, eenheid_code, eenheid_tekst) as eenheid_bron,
        case when eenheid is not null then 'ucum' else 'tekst' end as eenheid_soort,
        waarde_stelsel,
        waarde_code,
        afgenomen_op,
        geregistreerd_op,
        beschikbaar_op,
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
        uitvoerder_sleutel,
        status,
        categorie,
        code_stelsel,
        code,
        comparator,
        waarde,
        coalesce(eenheid, eenheid_code, eenheid_tekst) as eenheid_bron,
        case when eenheid is not null then 'ucum' else 'tekst' end as eenheid_soort,
        waarde_stelsel,
        waarde_code,
        afgenomen_op,
        geregistreerd_op,
        beschikbaar_op,
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
    coalesce(
        meting.zorgaanbieder_id,
        uitvoerder.zorgaanbieder_id,
        contact.zorgaanbieder_id
    ) as zorgaanbieder_id,
    meting.status,
    meting.categorie,
    meting.code_stelsel,
    meting.code,
    meting.comparator,
    meting.waarde,
    -- A UCUM code that is not in the list stands for itself; a text that is not in it for nothing.
    coalesce(
        eenheid.ucum,
        case when meting.eenheid_soort = 'ucum' then meting.eenheid_bron end
    ) as eenheid,
    meting.eenheid_bron,
    meting.waarde_stelsel,
    meting.waarde_code,
    meting.afgenomen_op,
    meting.geregistreerd_op,
    meting.eerst_beschikbaar_op as beschikbaar_op,
    {{ lokale_datum('meting.beschikbaar_op') }} as bekend_op,
    coalesce(meting.status in ('final', 'amended', 'corrected'), false) as telt_mee,
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
left join {{ ref('int_uitvoerder') }} as uitvoerder
    on
        meting.bron_id = uitvoerder.bron_id
        and meting.uitvoerder_sleutel = uitvoerder.uitvoerder_sleutel
left join {{ ref('eenheid_ucum') }} as eenheid
    on meting.eenheid_soort = eenheid.soort and meting.eenheid_bron = eenheid.variant
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on meting.zorgaanbieder_id = aanbieder.zorgaanbieder_id

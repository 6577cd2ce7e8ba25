-- Declaration lines of EI messages in the columns that all channels share.
-- Money is the line's own or, where the standard keeps it there (ZH308, GZ321, DG301), that of its
-- records 06. So is the specialism within which a diagnosis has its meaning: that of the poort, or
-- else of who performed the care, when its records 06 name one alone.
{{ config(materialized='view') }}
with tarief as (
    select
        bericht_sleutel,
        prestatie_identificatie,
        sum(berekend_cent) as berekend_cent,
        sum(bedrag_cent) as bedrag_cent,
        -- One alone is the least and the greatest; a count of what differs is harder to plan with.
        case
            when min(poortspecialisme) = max(poortspecialisme) then min(poortspecialisme)
            when min(poortspecialisme) is null and min(specialisme) = max(specialisme)
                then min(specialisme)
        end as specialisme
    from {{ ref('stg_decl_tarief') }}
    group by bericht_sleutel, prestatie_identificatie
)

select
    prestatie.bron_id,
    prestatie.levering_id,
    prestatie.bestand,
    prestatie.regel,
    'decl_prestatie' as tabel,
    bericht.kanaal,
    prestatie.bericht_sleutel,
    prestatie.identificatie,
    bericht.standaard,
    bericht.versie,
    bericht.ei_code,
    bericht.factuur_sleutel,
    coalesce(bericht.bekend_op, prestatie.begindatum) as bekend_op,
    bericht.vervangen_op,
    bericht.reden_code as bericht_reden_code,
    bericht.declarant_id as zorgaanbieder_id,
    coalesce(prestatie.uitvoerend_praktijk, bericht.praktijk_id) as praktijk_id,
    case
        when prestatie.pseudo_id is not null then prestatie.pseudo_id
        when prestatie.verzekerde_sleutel is not null
            then {{ persoon_in_bron('v', ['prestatie.uzovi', 'prestatie.verzekerde_sleutel']) }}
    end as pseudo_id,
    prestatie.uzovi,
    cast(null as varchar) as sector,
    cast(null as varchar) as financieringsdomein,
    prestatie.prestatiecodelijst,
    prestatie.prestatiecode,
    prestatie.begindatum,
    prestatie.einddatum,
    prestatie.zorgproductcode,
    prestatie.zorgtraject_sleutel,
    prestatie.subtraject_sleutel,
    coalesce(prestatie.specialisme, tarief.specialisme) as specialisme,
    prestatie.diagnosecodelijst,
    prestatie.diagnosecode,
    prestatie.verwijzer_soort,
    prestatie.zorgactiviteitcode,
    prestatie.zorgzwaartepakket,
    prestatie.is_duur_geneesmiddel,
    prestatie.aanspraak_zvw,
    prestatie.herdeclaratie,
    cast(prestatie.aantal as decimal(18, 4)) as aantal,
    prestatie.tijdseenheid,
    cast(coalesce(prestatie.berekend_cent, tarief.berekend_cent) as bigint) as berekend_cent,
    cast(coalesce(prestatie.bedrag_cent, tarief.bedrag_cent) as bigint) as bedrag_cent,
    prestatie.basis_cent,
    prestatie.aanvullend_cent,
    cast(null as bigint) as toegekend_cent,
    cast(null as date) as toegekend_op,
    prestatie.debet_credit,
    prestatie.referentie_sleutel,
    prestatie.voorgaande_referentie_sleutel
from {{ ref('stg_decl_prestatie') }} as prestatie
left join {{ ref('int_bericht') }} as bericht
    on prestatie.bericht_sleutel = bericht.bericht_sleutel
left join tarief
    on
        prestatie.bericht_sleutel = tarief.bericht_sleutel
        and prestatie.identificatie = tarief.prestatie_identificatie

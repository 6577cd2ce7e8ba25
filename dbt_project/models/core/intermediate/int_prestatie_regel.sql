-- Declaration lines with message and money, and the reason why a line by itself cannot be used.
-- Money is the line's own amount or, where the standard keeps it there (ZH308), that of records 06.
with tarief as (
    select
        bericht_sleutel,
        prestatie_identificatie,
        sum(bedrag_cent) as bedrag_cent
    from {{ ref('stg_decl_tarief') }}
    group by bericht_sleutel, prestatie_identificatie
),

prestatie as (
    select
        prestatie.bron_id,
        prestatie.levering_id,
        prestatie.bestand,
        prestatie.regel,
        prestatie.bericht_sleutel,
        prestatie.identificatie,
        bericht.standaard,
        bericht.sector,
        bericht.bekend_op,
        bericht.declarant_id as zorgaanbieder_id,
        case
            when prestatie.pseudo_id is not null then prestatie.pseudo_id
            when prestatie.verzekerde_sleutel is not null
                then {{ persoon_in_bron('v', ['prestatie.uzovi', 'prestatie.verzekerde_sleutel']) }}
        end as pseudo_id,
        prestatie.uzovi,
        prestatie.prestatiecodelijst,
        prestatie.prestatiecode,
        prestatie.begindatum,
        prestatie.einddatum,
        prestatie.zorgproductcode,
        prestatie.subtraject_sleutel,
        prestatie.specialisme,
        prestatie.diagnosecode,
        prestatie.verwijzer_soort,
        prestatie.aantal,
        coalesce(prestatie.bedrag_cent, tarief.bedrag_cent) as bedrag_cent,
        prestatie.debet_credit,
        prestatie.referentie_sleutel,
        prestatie.voorgaande_referentie_sleutel,
        count(*) over (
            partition by prestatie.bericht_sleutel, prestatie.identificatie
        ) as n_identificatie,
        row_number() over (
            partition by bericht.declarant_id, prestatie.referentie_sleutel
            order by
                bericht.bekend_op asc nulls last,
                prestatie.bericht_sleutel asc,
                prestatie.identificatie asc
        ) as referentie_volgnr
    from {{ ref('stg_decl_prestatie') }} as prestatie
    left join {{ ref('int_bericht') }} as bericht
        on prestatie.bericht_sleutel = bericht.bericht_sleutel
    left join tarief
        on
            prestatie.bericht_sleutel = tarief.bericht_sleutel
            and prestatie.identificatie = tarief.prestatie_identificatie
)

select
    prestatie.bron_id,
    prestatie.levering_id,
    prestatie.bestand,
    prestatie.regel,
    prestatie.bericht_sleutel,
    prestatie.identificatie,
    prestatie.standaard,
    prestatie.sector,
    prestatie.bekend_op,
    prestatie.zorgaanbieder_id,
    prestatie.pseudo_id,
    prestatie.uzovi,
    prestatie.prestatiecodelijst,
    prestatie.prestatiecode,
    prestatie.begindatum,
    prestatie.einddatum,
    prestatie.zorgproductcode,
    prestatie.subtraject_sleutel,
    prestatie.specialisme,
    prestatie.diagnosecode,
    prestatie.verwijzer_soort,
    prestatie.aantal,
    prestatie.bedrag_cent,
    prestatie.debet_credit,
    prestatie.referentie_sleutel,
    prestatie.voorgaande_referentie_sleutel,
    case
        when prestatie.pseudo_id is null then 'PERSOON-ONBEKEND'
        when aanbieder.zorgaanbieder_id is null then 'ZORGAANBIEDER-ONBEKEND'
        when prestatie.n_identificatie > 1 then 'EI-IDENTIFICATIE-DUBBEL'
        when prestatie.referentie_volgnr > 1 then 'EI-REFERENTIE-DUBBEL'
        when prestatie.bedrag_cent is null then 'EI-BEDRAG-ONTBREEKT'
    end as reden_code
from prestatie
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on prestatie.zorgaanbieder_id = aanbieder.zorgaanbieder_id

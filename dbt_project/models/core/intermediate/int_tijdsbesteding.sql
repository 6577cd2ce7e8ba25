-- Time spent on a GZ321 prestatie. It shares the fate of the prestatie: refused with it, credited
-- with it.
select
    tijd.bron_id,
    tijd.levering_id,
    tijd.bestand,
    tijd.regel,
    tijd.bericht_sleutel,
    tijd.identificatie,
    row_number() over (
        partition by tijd.bericht_sleutel, tijd.identificatie
        order by
            tijd.soort_behandelaar asc,
            tijd.beroep asc,
            tijd.begindatum asc,
            tijd.einddatum asc,
            tijd.aantal_direct asc,
            tijd.aantal_indirect asc,
            tijd.debet_credit asc
    ) as volgnr,
    prestatie.referentie_sleutel,
    prestatie.pseudo_id,
    coalesce(prestatie.zorgaanbieder_id, bericht.declarant_id) as zorgaanbieder_id,
    tijd.soort_behandelaar,
    tijd.beroep,
    tijd.begindatum,
    tijd.einddatum,
    tijd.tijdseenheid,
    tijd.aantal_direct,
    tijd.aantal_indirect,
    tijd.debet_credit,
    coalesce(prestatie.telt_mee, false) as telt_mee,
    case
        when prestatie.reden_code = 'EI-BERICHT-VERVANGEN' then 'EI-BERICHT-VERVANGEN'
        when prestatie.bericht_sleutel is null or prestatie.reden_code is not null
            then 'EI-BOVENLIGGEND'
    end as reden_code
from {{ ref('stg_decl_tijdsbesteding') }} as tijd
left join {{ ref('int_bericht') }} as bericht
    on tijd.bericht_sleutel = bericht.bericht_sleutel
left join {{ ref('int_prestatie') }} as prestatie
    on
        tijd.bericht_sleutel = prestatie.bericht_sleutel
        and tijd.prestatie_identificatie = prestatie.identificatie
        and prestatie.reden_code is distinct from 'EI-IDENTIFICATIE-DUBBEL'

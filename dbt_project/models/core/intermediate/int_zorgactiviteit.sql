-- Care activities inside a ZH308 prestatie. They share its fate: refused with it, credited with it.
select
    activiteit.bron_id,
    activiteit.levering_id,
    activiteit.bestand,
    activiteit.regel,
    activiteit.bericht_sleutel,
    activiteit.identificatie,
    row_number() over (
        partition by activiteit.bericht_sleutel, activiteit.identificatie
        order by
            activiteit.zorgactiviteitcode asc,
            activiteit.begindatum asc,
            activiteit.aantal asc,
            activiteit.debet_credit asc
    ) as volgnr,
    prestatie.referentie_sleutel,
    prestatie.pseudo_id,
    coalesce(prestatie.zorgaanbieder_id, bericht.declarant_id) as zorgaanbieder_id,
    prestatie.specialisme,
    prestatie.diagnosecode,
    activiteit.zorgactiviteitcode,
    activiteit.begindatum,
    activiteit.aantal,
    activiteit.tijdseenheid,
    activiteit.debet_credit,
    prestatie.bekend_op,
    coalesce(prestatie.telt_mee, false) as telt_mee,
    case
        when prestatie.reden_code = 'EI-BERICHT-VERVANGEN' then 'EI-BERICHT-VERVANGEN'
        when prestatie.bericht_sleutel is null or prestatie.reden_code is not null
            then 'EI-BOVENLIGGEND'
    end as reden_code
from {{ ref('stg_decl_zorgactiviteit') }} as activiteit
left join {{ ref('int_bericht') }} as bericht
    on activiteit.bericht_sleutel = bericht.bericht_sleutel
left join {{ ref('int_prestatie') }} as prestatie
    on
        activiteit.bericht_sleutel = prestatie.bericht_sleutel
        and activiteit.prestatie_identificatie = prestatie.identificatie
        and prestatie.reden_code is distinct from 'EI-IDENTIFICATIE-DUBBEL'

-- Declaration lines, each with the reason why it cannot be used; null means accepted.
-- A credit refers to the reference number of its debit, within one declarant; amounts play no part.
with debet as (
    select
        zorgaanbieder_id,
        referentie_sleutel
    from {{ ref('int_prestatie_regel') }}
    where debet_credit = 'D' and reden_code is null
),

credit as (
    select
        credit.zorgaanbieder_id,
        credit.referentie_sleutel,
        credit.voorgaande_referentie_sleutel,
        credit.bekend_op,
        debet.referentie_sleutel is not null as heeft_debet,
        row_number() over (
            partition by credit.zorgaanbieder_id, credit.voorgaande_referentie_sleutel
            order by credit.bekend_op asc nulls last, credit.referentie_sleutel asc
        ) as volgnr
    from {{ ref('int_prestatie_regel') }} as credit
    left join debet
        on
            credit.zorgaanbieder_id = debet.zorgaanbieder_id
            and credit.voorgaande_referentie_sleutel = debet.referentie_sleutel
    where credit.debet_credit = 'C' and credit.reden_code is null
),

gecrediteerd as (
    select
        zorgaanbieder_id,
        voorgaande_referentie_sleutel as referentie_sleutel,
        bekend_op as gecrediteerd_op
    from credit
    where heeft_debet and volgnr = 1
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
    gecrediteerd.gecrediteerd_op,
    prestatie.debet_credit = 'D' and gecrediteerd.referentie_sleutel is null as telt_mee,
    case
        when prestatie.reden_code is not null then prestatie.reden_code
        when not credit.heeft_debet then 'EI-CREDIT-ZONDER-DEBET'
        when credit.volgnr > 1 then 'EI-CREDIT-DUBBEL'
    end as reden_code
from {{ ref('int_prestatie_regel') }} as prestatie
left join credit
    on
        prestatie.zorgaanbieder_id = credit.zorgaanbieder_id
        and prestatie.referentie_sleutel = credit.referentie_sleutel
        and prestatie.debet_credit = 'C'
left join gecrediteerd
    on
        prestatie.zorgaanbieder_id = gecrediteerd.zorgaanbieder_id
        and prestatie.referentie_sleutel = gecrediteerd.referentie_sleutel
        and prestatie.debet_credit = 'D'

-- Declaration lines that are used, debit and credit. The sum of bedrag_eur is what was declared on
-- balance; care is counted on lines with telt_mee. When care happened (begindatum) and when it was
-- known (bekend_op) are two things.
select
    {{ sleutel(['prestatie.zorgaanbieder_id', 'prestatie.referentie_sleutel']) }} as prestatie_id,
    prestatie.bron_id,
    prestatie.standaard,
    coalesce(prestatie.sector, 'overig') as sector,
    prestatie.pseudo_id,
    prestatie.zorgaanbieder_id,
    prestatie.uzovi,
    coalesce(verzekeraar.concern_id, 'ONBEKEND') as verzekeraar_id,
    prestatie.prestatiecodelijst,
    prestatie.prestatiecode,
    prestatie.zorgproductcode,
    prestatie.subtraject_sleutel,
    prestatie.specialisme,
    prestatie.diagnosecode,
    coalesce(diagnose.diagnosegroep, 'overig') as diagnosegroep,
    prestatie.verwijzer_soort,
    prestatie.begindatum,
    prestatie.einddatum,
    prestatie.bekend_op,
    prestatie.aantal,
    prestatie.debet_credit,
    prestatie.gecrediteerd_op,
    prestatie.telt_mee,
    cast(prestatie.bedrag_cent * 0.01 as decimal(18, 2)) as bedrag_eur
from {{ ref('int_prestatie') }} as prestatie
left join {{ ref('verzekeraar') }} as verzekeraar
    on prestatie.uzovi = verzekeraar.uzovi
left join {{ ref('diagnosegroep') }} as diagnose
    on
        prestatie.specialisme = diagnose.specialisme
        and prestatie.diagnosecode = diagnose.diagnosecode
where prestatie.reden_code is null

-- Declaration lines that are used, debit and credit. The sum of bedrag_eur is what was declared on
-- balance; care is counted on lines with telt_mee. When care happened (begindatum) and when it was
-- known (bekend_op) are two things.
select
    {{ sleutel(['prestatie.zorgaanbieder_id', 'prestatie.referentie_sleutel']) }} as prestatie_id,
    prestatie.bron_id,
    prestatie.standaard,
    coalesce(standaard.sector, 'overig') as sector,
    prestatie.pseudo_id,
    prestatie.zorgaanbieder_id,
    regel.uzovi,
    coalesce(verzekeraar.concern_id, 'ONBEKEND') as verzekeraar_id,
    regel.prestatiecodelijst,
    regel.prestatiecode,
    regel.zorgproductcode,
    regel.subtraject_sleutel,
    prestatie.specialisme,
    prestatie.diagnosecode,
    coalesce(diagnose.diagnosegroep, 'overig') as diagnosegroep,
    regel.verwijzer_soort,
    prestatie.begindatum,
    regel.einddatum,
    prestatie.bekend_op,
    regel.aantal,
    prestatie.debet_credit,
    prestatie.gecrediteerd_op,
    prestatie.telt_mee,
    cast(prestatie.bedrag_cent * 0.01 as decimal(18, 2)) as bedrag_eur
from {{ ref('int_prestatie') }} as prestatie
inner join {{ ref('int_prestatie_regel') }} as regel
    on
        prestatie.tabel = regel.tabel
        and prestatie.bericht_sleutel = regel.bericht_sleutel
        and prestatie.identificatie = regel.identificatie
left join {{ ref('declaratiestandaard') }} as standaard
    on prestatie.standaard = standaard.standaard
left join {{ ref('verzekeraar') }} as verzekeraar
    on regel.uzovi = verzekeraar.uzovi
left join {{ ref('diagnosegroep') }} as diagnose
    on
        prestatie.specialisme = diagnose.specialisme
        and prestatie.diagnosecode = diagnose.diagnosecode
where prestatie.reden_code is null

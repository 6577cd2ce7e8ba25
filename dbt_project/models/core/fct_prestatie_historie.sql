-- What was known about declaration lines, and when: every line that ever was in fct_prestatie, one
-- row a period in which nothing about it changed. The state on a day is one filter:
--     geldig_van <= day and (geldig_tot is null or geldig_tot > day)
-- Days are those of the invoices (docs/decisions/0020). A credit that waits for its debit is in no
-- row until it comes, a replaced message only up to its replacement.
select
    {{ sleutel(['regel.zorgaanbieder_id', 'regel.referentie_sleutel']) }} as prestatie_id,
    tijdvak.geldig_van,
    tijdvak.geldig_tot,
    regel.bron_id,
    regel.kanaal,
    regel.standaard,
    indeling.sector,
    indeling.financieringsdomein,
    regel.pseudo_id,
    regel.zorgaanbieder_id,
    regel.praktijk_id,
    regel.uzovi,
    coalesce(verzekeraar.concern_id, 'ONBEKEND') as verzekeraar_id,
    coalesce(contract.gecontracteerd, 'onbekend') as gecontracteerd,
    regel.prestatiecodelijst,
    regel.prestatiecode,
    coalesce(lijst.is_lokaal = 'ja', false) as is_lokale_code,
    regel.zorgproductcode,
    regel.zorgtraject_sleutel,
    regel.subtraject_sleutel,
    regel.zorgactiviteitcode,
    regel.zorgzwaartepakket,
    indeling.is_add_on,
    regel.specialisme,
    regel.diagnosecodelijst,
    regel.diagnosecode,
    coalesce(diagnose.diagnosegroep, concept.diagnosegroep, 'overig') as diagnosegroep,
    regel.verwijzer_soort,
    regel.begindatum,
    regel.einddatum,
    regel.aantal,
    regel.tijdseenheid,
    regel.herdeclaratie,
    regel.bekend_op,
    regel.debet_credit,
    tijdvak.gecrediteerd_op,
    regel.debet_credit = 'D' and tijdvak.gecrediteerd_op is null as telt_mee,
    {% for bedrag in ['bedrag', 'berekend', 'basis', 'aanvullend'] -%}
        cast(regel.{{ bedrag }}_cent * 0.01 as decimal(18, 2)) as {{ bedrag }}_eur,
    {% endfor -%}
    cast(tijdvak.toegekend_cent * 0.01 as decimal(18, 2)) as toegekend_eur,
    tijdvak.toegekend_op
from {{ ref('int_prestatie_stand') }} as tijdvak
inner join {{ ref('int_prestatie_regel') }} as regel
    on
        tijdvak.regel_id = regel.regel_id
inner join {{ ref('int_prestatie_indeling') }} as indeling
    on
        tijdvak.regel_id = indeling.regel_id
left join {{ ref('int_verzekeraar') }} as verzekeraar
    on
        regel.uzovi = verzekeraar.uzovi
        and {{ geldig_op('verzekeraar', 'regel.begindatum') }}
left join {{ ref('int_contract_dag') }} as contract
    on
        regel.zorgaanbieder_id = contract.zorgaanbieder_id
        and coalesce(verzekeraar.concern_id, regel.uzovi) = contract.verzekeraar_sleutel
        and indeling.sector = contract.sector
        and regel.begindatum = contract.begindatum
left join {{ ref('int_prestatiecodelijst') }} as lijst
    on
        regel.prestatiecodelijst = lijst.prestatiecodelijst
        and {{ geldig_op('lijst', 'regel.begindatum') }}
left join {{ ref('diagnosegroep') }} as diagnose
    on
        regel.specialisme = diagnose.specialisme
        and regel.diagnosecode = diagnose.diagnosecode
left join {{ ref('diagnose_concept') }} as concept
    on
        regel.diagnosecodelijst = concept.stelsel
        and regel.diagnosecode = concept.code

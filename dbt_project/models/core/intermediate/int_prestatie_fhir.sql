-- Declaration lines that came as FHIR, in the columns that all channels share: a line of a Claim
-- and what an ExplanationOfBenefit granted on it are one line (docs/decisions/0021).
{% set leeg = [
    ['ei_code', 'varchar'], ['praktijk_id', 'varchar'], ['zorgproductcode', 'varchar'],
    ['zorgtraject_sleutel', 'varchar'], ['subtraject_sleutel', 'varchar'],
    ['specialisme', 'varchar'], ['verwijzer_soort', 'varchar'],
    ['zorgactiviteitcode', 'varchar'], ['zorgzwaartepakket', 'varchar'],
    ['is_duur_geneesmiddel', 'boolean'], ['aanspraak_zvw', 'varchar'],
    ['herdeclaratie', 'varchar'], ['tijdseenheid', 'varchar'], ['berekend_cent', 'bigint'],
    ['basis_cent', 'bigint'], ['aanvullend_cent', 'bigint'],
    ['voorgaande_referentie_sleutel', 'varchar']
] %}
with zaak as (
    select
        zaak_sleutel,
        max(nummer_sleutel) as nummer_sleutel,
        max(pseudo_id) as pseudo_id,
        max(zorgaanbieder_id) as zorgaanbieder_id,
        max(uzovi) as uzovi,
        max(vervangen_op) as vervangen_op
    from {{ ref('int_declaratieregel_fhir') }}
    group by zaak_sleutel
)

select
    regel.bron_id,
    regel.levering_id,
    regel.bestand,
    regel.regel,
    regel.tabel,
    'fhir' as kanaal,
    regel.resource_sleutel as bericht_sleutel,
    regel.identificatie,
    'FHIR' as standaard,
    '4.0.1' as versie,
    zaak.nummer_sleutel as factuur_sleutel,
    regel.bekend_op,
    zaak.vervangen_op,
    regel.reden_code as bericht_reden_code,
    zaak.zorgaanbieder_id,
    zaak.pseudo_id,
    zaak.uzovi,
    regel.sector,
    case when not coalesce(regel.is_prestatiecodelijst, false) then 'onbekend' end
        as financieringsdomein,
    regel.prestatiecodelijst,
    regel.prestatiecode,
    regel.begindatum,
    regel.einddatum,
    coalesce(diagnose.diagnosecodelijst, hoofd.diagnosecodelijst) as diagnosecodelijst,
    coalesce(diagnose.diagnosecode, hoofd.diagnosecode) as diagnosecode,
    regel.aantal,
    regel.bedrag_cent,
    cast(regel.toegekend_cent as bigint) as toegekend_cent,
    regel.toegekend_op,
    {% for naam, soort in leeg -%}
        cast(null as {{ soort }}) as {{ naam }},
    {% endfor %}
    'D' as debet_credit,
    {{ sleutel(['coalesce(zaak.nummer_sleutel, regel.zaak_sleutel)', 'regel.identificatie']) }}
        as referentie_sleutel
from {{ ref('int_prestatieregel_fhir') }} as regel
inner join zaak on regel.zaak_sleutel = zaak.zaak_sleutel
left join {{ ref('int_declaratiediagnose_fhir') }} as diagnose
    on
        regel.bron_id = diagnose.bron_id
        and regel.resource_sleutel = diagnose.resource_sleutel
        and regel.diagnose_nr = diagnose.diagnose_nr
left join {{ ref('int_declaratiediagnose_fhir') }} as hoofd
    on
        regel.bron_id = hoofd.bron_id
        and regel.resource_sleutel = hoofd.resource_sleutel
        and hoofd.volgnr = 1

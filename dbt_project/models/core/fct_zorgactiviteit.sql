-- Care activities that are used; telt_mee is that of the prestatie they belong to.
select
    {{ sleutel(['activiteit.bericht_sleutel', 'activiteit.identificatie', 'activiteit.volgnr']) }}
        as zorgactiviteit_id,
    {{ sleutel(['activiteit.zorgaanbieder_id', 'activiteit.referentie_sleutel']) }} as prestatie_id,
    activiteit.bron_id,
    activiteit.pseudo_id,
    activiteit.zorgaanbieder_id,
    coalesce(diagnose.diagnosegroep, 'overig') as diagnosegroep,
    activiteit.zorgactiviteitcode,
    consult.soort as consultsoort,
    consult.kanaal as consultkanaal,
    activiteit.begindatum,
    activiteit.aantal,
    activiteit.tijdseenheid,
    activiteit.bekend_op,
    activiteit.debet_credit,
    activiteit.telt_mee
from {{ ref('int_zorgactiviteit') }} as activiteit
left join {{ ref('int_consultsoort') }} as consult
    on
        activiteit.zorgactiviteitcode = consult.zorgactiviteitcode
        and {{ geldig_op('consult', 'activiteit.begindatum') }}
left join {{ ref('diagnosegroep') }} as diagnose
    on
        activiteit.specialisme = diagnose.specialisme
        and activiteit.diagnosecode = diagnose.diagnosecode
where activiteit.reden_code is null

-- Vraag: hoe ver zit het gemiddelde van gemeenten naast het cijfer van het land?
-- Let op: middel geen waarden. Een kleine gemeente telt dan even zwaar als een grote; tel
-- tellers en noemers op, of neem de rij van het land. Gemeenten, regio's en land bevatten
-- dezelfde mensen: tel niveaus nooit bij elkaar.
with gemeente as (
    select
        indicator_id,
        count(*) as n_gemeenten,
        avg(waarde) as gemiddelde_van_gemiddelden
    from onderzoek_spiegel
    where
        niveau = 'gemeente' and uitsplitsing = 'TOTAAL' and periode = '2025'
        and waarde is not null
    group by indicator_id
)

select
    land.indicator_id,
    gemeente.n_gemeenten,
    land.waarde as landelijk,
    land.ci_laag,
    land.ci_hoog,
    round(gemeente.gemiddelde_van_gemiddelden, 6) as gemiddelde_van_gemiddelden,
    round(gemeente.gemiddelde_van_gemiddelden, 6)
    not between land.ci_laag and land.ci_hoog as buiten_interval
from onderzoek_spiegel as land
inner join gemeente on land.indicator_id = gemeente.indicator_id
where
    land.niveau = 'landelijk' and land.uitsplitsing = 'TOTAAL' and land.periode = '2025'
    and land.indicator_id in (
        'ggz_aanmeldwachttijd_treeknorm', 'ggz_behandelwachttijd_treeknorm',
        'hartfalen_acute_opname', 'kosten_per_patient', 'vervolgconsult_digitaal'
    )
order by land.indicator_id;

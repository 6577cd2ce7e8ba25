-- Observations added up per person, care provider, diagnosis group and quarter.
select
    observatie.indicator_id,
    indicator.soort_meting,
    indicator.niveaus,
    indicator.periode_typen,
    observatie.zorgaanbieder_id,
    observatie.pseudo_id,
    observatie.jaar,
    observatie.kwartaal,
    observatie.diagnosegroep,
    observatie.leeftijdsklasse,
    observatie.geslacht,
    observatie.welvaart_kwintiel,
    observatie.zorgkantoorregio_code,
    observatie.gemeente_code,
    observatie.verzekeraar_id,
    {{ persoonstelling('observatie.teller', 'observatie.noemer', 'indicator.soort_meting') }}
from {{ ref('observatie') }} as observatie
inner join {{ ref('indicator') }} as indicator
    on observatie.indicator_id = indicator.indicator_id
group by
    observatie.indicator_id,
    indicator.soort_meting,
    indicator.niveaus,
    indicator.periode_typen,
    observatie.zorgaanbieder_id,
    observatie.pseudo_id,
    observatie.jaar,
    observatie.kwartaal,
    observatie.diagnosegroep,
    observatie.leeftijdsklasse,
    observatie.geslacht,
    observatie.welvaart_kwintiel,
    observatie.zorgkantoorregio_code,
    observatie.gemeente_code,
    observatie.verzekeraar_id

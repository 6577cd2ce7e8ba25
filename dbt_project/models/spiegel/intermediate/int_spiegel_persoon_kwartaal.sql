-- Observations added up per person, care provider, diagnosis group and quarter, with the units they
-- count for in figures of the year and of the quarter.
{% set eenheden = [
    'jaar_zorgaanbieder_id',
    'jaar_zorgkantoorregio_code',
    'jaar_gemeente_code',
    'jaar_verzekeraar_id',
    'kwartaal_zorgaanbieder_id',
    'kwartaal_zorgkantoorregio_code',
    'kwartaal_gemeente_code',
    'kwartaal_verzekeraar_id'
] %}
select
    observatie.definitie_id,
    definitie.soort_meting,
    definitie.niveaus,
    definitie.periode_typen,
    observatie.pseudo_id,
    observatie.jaar,
    observatie.kwartaal,
    observatie.diagnosegroep,
    observatie.leeftijdsklasse,
    observatie.geslacht,
    observatie.welvaart_kwintiel,
    {% for eenheid in eenheden -%}
        observatie.{{ eenheid }},
    {% endfor -%}
    {{ persoonstelling('observatie.teller', 'observatie.noemer', 'definitie.soort_meting') }}
from {{ ref('observatie') }} as observatie
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on observatie.definitie_id = definitie.definitie_id
group by
    observatie.definitie_id,
    definitie.soort_meting,
    definitie.niveaus,
    definitie.periode_typen,
    observatie.pseudo_id,
    observatie.jaar,
    observatie.kwartaal,
    observatie.diagnosegroep,
    observatie.leeftijdsklasse,
    observatie.geslacht,
    observatie.welvaart_kwintiel,
    {% for eenheid in eenheden -%}
        observatie.{{ eenheid }}{% if not loop.last %},{% endif %}
    {% endfor %}

-- Rows of accepted deliveries that the build refused, with their reason and place in the delivery.
{% set tabellen = {
    'alert': "'fhir_alert'",
    'behandelaanwijzing': "'fhir_behandelaanwijzing'",
    'contact': "'fhir_contact'",
    'declaratie_fhir': "'fhir_declaratie'",
    'diagnose': "'fhir_diagnose'",
    'medicatie': "'fhir_medicatie'",
    'meting': "case when is_onderdeel then 'fhir_meting_component' else 'fhir_meting' end",
    'prestatie': 'tabel',
    'tijdsbesteding': "'decl_tijdsbesteding'",
    'toekenning_fhir': "'fhir_toekenning'",
    'verrichting': "'fhir_verrichting'",
    'wachttijd': "'reg_ggz_wachttijd'",
    'vragenlijst': "'fhir_vragenlijst'",
    'wlz_indicatie': "'reg_wlz_indicatie'",
    'wlz_schaduwlijst': "'reg_wlz_schaduwlijst'",
    'wlz_wachtlijst': "'reg_wlz_wachtlijst'",
    'zorgactiviteit': "'decl_zorgactiviteit'",
    'zorgplan': "'fhir_zorgplan'"
} %}

with geweigerd as (
    {% for naam, tabel in tabellen.items() %}
        select
            reden_code,
            {{ tabel }} as tabel,
            zorgaanbieder_id,
            bron_id,
            levering_id,
            bestand,
            regel
        from {{ ref('int_' ~ naam) }}
        where reden_code is not null
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    reden_code,
    tabel,
    zorgaanbieder_id,
    bron_id,
    levering_id,
    bestand,
    regel
from geweigerd

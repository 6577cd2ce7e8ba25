-- Every valid row of staging is in a fact, among the refused rows, or a measurement that does not
-- count (preliminary, cancelled, entered in error): nothing disappears.
{{ config(group='kern') }}
{% set paren = {
    'stg_fhir_alert': ['fhir_alert', 'fct_alert', 'true'],
    'stg_fhir_behandelaanwijzing': ['fhir_behandelaanwijzing', 'fct_behandelaanwijzing', 'true'],
    'stg_fhir_vragenlijst': ['fhir_vragenlijst', 'fct_vragenlijst', 'true'],
    'stg_fhir_zorgplan': ['fhir_zorgplan', 'fct_zorgplan', 'true'],
    'stg_fhir_contact': ['fhir_contact', 'fct_contact', 'true'],
    'stg_fhir_diagnose': ['fhir_diagnose', 'fct_diagnose', 'true'],
    'stg_fhir_medicatie': ['fhir_medicatie', 'fct_medicatie', 'true'],
    'stg_fhir_meting': ['fhir_meting', 'fct_meting', 'not is_onderdeel'],
    'stg_fhir_meting_component': ['fhir_meting_component', 'fct_meting', 'is_onderdeel'],
    'stg_fhir_verrichting': ['fhir_verrichting', 'fct_verrichting', 'true'],
    'stg_decl_prestatie': ['decl_prestatie', 'fct_prestatie', "kanaal <> 'fhir'"],
    'stg_decl_zorgactiviteit': ['decl_zorgactiviteit', 'fct_zorgactiviteit', 'true'],
    'stg_decl_tijdsbesteding': ['decl_tijdsbesteding', 'fct_tijdsbesteding', 'true'],
    'stg_reg_ggz_wachttijd': ['reg_ggz_wachttijd', 'fct_wachttijd', 'true'],
    'stg_reg_wlz_indicatie': ['reg_wlz_indicatie', 'fct_wlz_indicatie', 'true'],
    'stg_reg_wlz_schaduwlijst': ['reg_wlz_schaduwlijst', 'fct_wlz_schaduwlijst', 'true'],
    'stg_reg_wlz_wachtlijst': ['reg_wlz_wachtlijst', 'fct_wlz_wachtlijst', 'true']
} %}
with telling as (
    {% for staging, (tabel, feit, deel) in paren.items() %}
        select
            '{{ tabel }}' as tabel,
            (select count(*) from {{ ref(staging) }}) as n_staging,
            (
                select count(*)
                from {{ ref(feit) }}
                where {{ deel }}
            ) as n_feit,
            (
                select count(*)
                from {{ ref('quarantaine_bouw') }}
                where tabel = '{{ tabel }}'
            ) as n_geweigerd,
            {% if feit == 'fct_meting' %}
                (
                    select count(*)
                    from {{ ref('int_meting') }}
                    where {{ deel }} and reden_code is null and not telt_mee
                ) as n_telt_niet
            {% else %}
                0 as n_telt_niet
            {% endif %}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    tabel,
    n_staging,
    n_feit,
    n_geweigerd,
    n_telt_niet
from telling
where n_staging <> n_feit + n_geweigerd + n_telt_niet

-- Judgements of intake that count for data quality, one row a record and rule: the fact the record
-- is for, its key there, its care provider and year of care. What the source put right and
-- what a rule says is no fault are left out.
{% set feit = {
    'fhir_behandelaanwijzing': 'fct_behandelaanwijzing',
    'fhir_contact': 'fct_contact',
    'fhir_declaratie': 'fct_prestatie',
    'fhir_diagnose': 'fct_diagnose',
    'fhir_medicatie': 'fct_medicatie',
    'fhir_meting': 'fct_meting',
    'fhir_verrichting': 'fct_verrichting',
    'fhir_vragenlijst': 'fct_vragenlijst',
    'fhir_zorgplan': 'fct_zorgplan',
    'decl_prestatie': 'fct_prestatie',
    'decl_zorgactiviteit': 'fct_zorgactiviteit',
    'reg_ggz_wachttijd': 'fct_wachttijd',
    'reg_wlz_indicatie': 'fct_wlz_indicatie',
    'reg_wlz_wachtlijst': 'fct_wlz_wachtlijst'
} %}
with oordeel as (
    select
        oordeel.bron_id,
        oordeel.soort,
        case
            {% for tabel, naam in feit.items() %}
                when oordeel.tabel = '{{ tabel }}' then '{{ naam }}'
            {% endfor %}
            -- A line nobody can read could have been anything.
            when oordeel.naam = 'onleesbaar' then 'onleesbaar'
        end as tabel,
        oordeel.reden_code as regel_id,
        oordeel.inhoud_sleutel,
        oordeel.resource_sleutel,
        oordeel.contact_sleutel,
        oordeel.uitvoerder_sleutel,
        oordeel.wachtregistratie_sleutel,
        oordeel.fase,
        oordeel.wlz_indicatie_sleutel,
        oordeel.peildatum,
        oordeel.bericht_sleutel,
        oordeel.identificatie,
        oordeel.referentie_sleutel,
        oordeel.zorgaanbieder_id,
        coalesce(cast(oordeel.jaar as varchar), left(oordeel.eerste_periode, 4)) as periode
    from {{ ref('stg_dq_oordeel') }} as oordeel
    left join {{ ref('dq_gewicht') }} as gewicht
        on oordeel.reden_code = gewicht.regel_id
    where coalesce(gewicht.telt, 'ja') = 'ja'
),

staat as (
    select
        oordeel.bron_id,
        oordeel.soort,
        oordeel.tabel,
        oordeel.regel_id,
        case
            when oordeel.soort = 'geweigerd'
                then
                    coalesce(
                        oordeel.resource_sleutel,
                        oordeel.wachtregistratie_sleutel,
                        oordeel.wlz_indicatie_sleutel,
                        case
                            when oordeel.tabel = 'fct_prestatie' then oordeel.referentie_sleutel
                        end,
                        oordeel.inhoud_sleutel
                    )
            else coalesce(oordeel.resource_sleutel, oordeel.bericht_sleutel)
        end as geheel_sleutel,
        case
            when oordeel.wachtregistratie_sleutel is not null then oordeel.fase
            when oordeel.wlz_indicatie_sleutel is not null then cast(oordeel.peildatum as varchar)
            when oordeel.soort = 'waarschuwing' then oordeel.identificatie
        end as deel_sleutel,
        coalesce(
            aanbieder.zorgaanbieder_id,
            uitvoerder.zorgaanbieder_id,
            contact.zorgaanbieder_id
        ) as zorgaanbieder_id,
        oordeel.periode
    from oordeel
    left join {{ ref('int_dq_hersteld') }} as hersteld
        on
            oordeel.bron_id = hersteld.bron_id
            and oordeel.soort = hersteld.soort
            and oordeel.inhoud_sleutel = hersteld.inhoud_sleutel
            and coalesce(oordeel.bericht_sleutel, '') = coalesce(hersteld.bericht_sleutel, '')
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on oordeel.zorgaanbieder_id = aanbieder.zorgaanbieder_id
    left join {{ ref('int_uitvoerder') }} as uitvoerder
        on
            oordeel.bron_id = uitvoerder.bron_id
            and oordeel.uitvoerder_sleutel = uitvoerder.uitvoerder_sleutel
    left join {{ ref('int_contact_aanbieder') }} as contact
        on
            oordeel.bron_id = contact.bron_id
            and oordeel.contact_sleutel = contact.contact_sleutel
    where oordeel.tabel is not null and hersteld.inhoud_sleutel is null
)

select distinct
    bron_id,
    soort,
    tabel,
    regel_id,
    geheel_sleutel,
    deel_sleutel,
    zorgaanbieder_id,
    periode
from staat

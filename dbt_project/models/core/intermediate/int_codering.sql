-- Which code systems and concepts each record is written in: record x system, in one form of every
-- system. A record without a code, or with a code that says it is absent, has ZONDER CODE.
{{ config(materialized='view') }}
{# One line a part of the kerngegevens. domein: which standards and concepts apply. stelsel, code:
   columns, when they have other names. via: key to the table that holds the code of a row that has
   none itself. #}
{% set geneesmiddel = {'sleutel': 'geneesmiddel_sleutel', 'tabel': 'stg_fhir_geneesmiddel'} %}
{% set aandoening = {'sleutel': 'aandoening_sleutel', 'tabel': 'stg_fhir_diagnose'} %}
{% set onderdelen = [
    {'onderdeel': 'aanvraag', 'domein': 'verrichting', 'tabel': 'stg_fhir_aanvraag'},
    {'onderdeel': 'alert', 'domein': 'alert', 'tabel': 'stg_fhir_alert', 'via': aandoening},
    {'onderdeel': 'allergie', 'domein': 'allergie', 'tabel': 'stg_fhir_allergie'},
    {'onderdeel': 'behandelaanwijzing', 'domein': 'behandelaanwijzing',
        'tabel': 'stg_fhir_behandelaanwijzing'},
    {'onderdeel': 'contactreden', 'domein': 'diagnose', 'tabel': 'stg_fhir_contact',
        'stelsel': 'reden_stelsel', 'code': 'reden_code'},
    {'onderdeel': 'diagnose', 'domein': 'diagnose', 'tabel': 'stg_fhir_diagnose'},
    {'onderdeel': 'hulpmiddel', 'domein': 'hulpmiddel', 'tabel': 'stg_fhir_hulpmiddel'},
    {'onderdeel': 'medicatie', 'domein': 'medicatie', 'tabel': 'stg_fhir_medicatie',
        'via': geneesmiddel},
    {'onderdeel': 'medicatiegebruik', 'domein': 'medicatie',
        'tabel': 'stg_fhir_medicatiegebruik', 'via': geneesmiddel},
    {'onderdeel': 'meting', 'domein': 'meting', 'tabel': 'stg_fhir_meting'},
    {'onderdeel': 'toediening', 'domein': 'medicatie', 'tabel': 'stg_fhir_toediening',
        'via': geneesmiddel},
    {'onderdeel': 'vaccinatie', 'domein': 'vaccinatie', 'tabel': 'stg_fhir_vaccinatie'},
    {'onderdeel': 'verrichting', 'domein': 'verrichting', 'tabel': 'stg_fhir_verrichting'},
    {'onderdeel': 'verstrekking', 'domein': 'medicatie', 'tabel': 'stg_fhir_verstrekking',
        'via': geneesmiddel},
    {'onderdeel': 'voedingsadvies', 'domein': 'voeding', 'tabel': 'stg_fhir_voedingsadvies'}
] %}
with codering as (
    {% for onderdeel in onderdelen %}
        {% set stelsel = 'record.' ~ onderdeel.get('stelsel', 'code_stelsel') %}
        {% set code = 'record.' ~ onderdeel.get('code', 'code') %}
        {% set leeg = '(' ~ code ~ ' is null or ' ~ stelsel ~ " like '%data-absent-reason')" %}
        {% set via = onderdeel.get('via') %}
        select
            record.bron_id,
            '{{ onderdeel.onderdeel }}' as onderdeel,
            '{{ onderdeel.domein }}' as domein,
            record.resource_sleutel,
            {% if via %}
                case
                    when {{ leeg }} then elders.code_stelsel
                    else {{ stelsel }}
                end as stelsel_zelf,
                case
                    when {{ leeg }} then elders.code
                    else {{ code }}
                end as code_zelf
            {% else %}
                {{ stelsel }} as stelsel_zelf,
                {{ code }} as code_zelf
            {% endif %}
        from {{ ref(onderdeel.tabel) }} as record
        {% if via %}
            left join {{ ref(via.tabel) }} as elders
                on
                    record.bron_id = elders.bron_id
                    and record.{{ via.sleutel }} = elders.resource_sleutel
        {% endif %}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

vorm as (
    select distinct
        bron_id,
        onderdeel,
        domein,
        resource_sleutel,
        {{ codestelsel_vorm('stelsel_zelf') }} as vorm,
        code_zelf as code
    from codering
),

zuiver as (
    select
        vorm.bron_id,
        vorm.onderdeel,
        vorm.domein,
        vorm.resource_sleutel,
        vorm.code,
        case
            when vorm.code is null or vorm.vorm like '%data-absent-reason' then 'ZONDER CODE'
            else coalesce(codestelsel.codestelsel, vorm.vorm, 'ZONDER STELSEL')
        end as codestelsel
    from vorm
    left join {{ ref('codestelsel') }} as codestelsel
        on vorm.vorm = codestelsel.vorm
),

begrip as (
    select
        domein,
        codestelsel,
        code
    from {{ ref('begrip') }}
    union
    select
        'diagnose' as domein,
        stelsel as codestelsel,
        code
    from {{ ref('diagnose_concept') }}
)

select
    zuiver.bron_id,
    zuiver.onderdeel,
    zuiver.resource_sleutel,
    zuiver.codestelsel,
    max(case when standaard.codestelsel is null then 0 else 1 end) as is_standaard,
    max(case when begrip.code is null then 0 else 1 end) as heeft_begrip
from zuiver
left join {{ ref('codestelsel_standaard') }} as standaard
    on zuiver.domein = standaard.domein and zuiver.codestelsel = standaard.codestelsel
left join begrip
    on
        zuiver.domein = begrip.domein
        and zuiver.codestelsel = begrip.codestelsel
        and zuiver.code = begrip.code
group by zuiver.bron_id, zuiver.onderdeel, zuiver.resource_sleutel, zuiver.codestelsel

{# How often an intervention was given, by the day on which it was given. #}
{% macro volume_van(indicator_id, interventie_id) -%}
select
    '{{ indicator_id }}' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    begindatum as peildatum,
    diagnosegroep,
    cast(sum(aantal) as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_behandeling') }}
where interventie_id = '{{ interventie_id }}'
group by zorgaanbieder_id, pseudo_id, begindatum, diagnosegroep
{%- endmacro %}

{#
    Net declared euros per person and year in one sector, and how much of them at a zorgaanbieder
    without a contract with the insurer on the day the care began. Care of which the register of
    contracts says nothing counts on neither side.
#}
{% macro niet_gecontracteerd(indicator_id, sector) -%}
select
    '{{ indicator_id }}' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    pseudo_id,
    make_date(cast(extract(year from begindatum) as integer), 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(sum(case when gecontracteerd = 'nee' then bedrag_eur else 0 end) as decimal(18, 4))
        as teller,
    cast(sum(bedrag_eur) as decimal(18, 4)) as noemer
from {{ ref('fct_prestatie') }}
where sector = '{{ sector }}' and gecontracteerd in ('ja', 'nee')
group by pseudo_id, extract(year from begindatum)
{%- endmacro %}

{# Observations of ended waits of one phase against the norm in weeks. Weeks are whole weeks rounded
   up, so a wait of exactly the norm is within it. #}
{% macro ggz_wachttijd_binnen_norm(indicator_id, fase) -%}
with norm as (
    select cast(weken as integer) as weken
    from {{ ref('ref_treeknorm') }}
    where sector = 'ggz' and fase = '{{ fase }}'
),

beeindigd as (
    select
        pseudo_id,
        zorgaanbieder_id,
        diagnosegroep,
        einddatum,
        wachtweken
    from {{ ref('fct_wachttijd') }}
    where fase = '{{ fase }}' and einddatum is not null
)

select
    '{{ indicator_id }}' as indicator_id,
    beeindigd.zorgaanbieder_id,
    beeindigd.pseudo_id,
    beeindigd.einddatum as peildatum,
    beeindigd.diagnosegroep,
    cast(case when beeindigd.wachtweken <= norm.weken then 1 else 0 end as decimal(18, 4))
        as teller,
    cast(1 as decimal(18, 4)) as noemer
from beeindigd
cross join norm
{%- endmacro %}

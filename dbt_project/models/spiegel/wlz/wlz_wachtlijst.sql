-- The waiting list of long-term care per peildatum, sector, wachtstatus and region, and all totals.
-- Own lists and indications know no wachtstatus: what rests on them is there for TOTAAL alone.
{% set tellingen = [
    'n_registraties', 'n_wachtend', 'n_met_norm', 'n_boven_norm', 'som_wachtdagen',
    'som_wachtdagen_totaal', 'n_overbrugging', 'n_boven_norm_met_reden',
    'n_boven_norm_met_contact', 'n_status_verouderd', 'n_geindiceerd', 'n_ook_op_schaduwlijst',
    'n_alleen_op_schaduwlijst', 'n_doorstroom_ontbreekt'
] %}
{# of what each row of the counts is a part: itself, or the total #}
{% set kenmerken = ['sector', 'wachtstatus', 'zorgkantoorregio_code'] %}
with uitgelegd as (
    {% for sector in ['sector', "'TOTAAL'"] %}
        {% for regio in ['zorgkantoorregio_code', "'TOTAAL'"] %}
            {% for status in ['wachtstatus', "'TOTAAL'"] %}
                select
                    {% for telling in tellingen -%}
                        {{ telling }},
                    {% endfor -%}
                    peildatum,
                    {{ sector }} as sector,
                    {{ status }} as wachtstatus,
                    {{ regio }} as zorgkantoorregio_code
                from {{ ref('int_wlz_stand') }}
                {% if status == 'wachtstatus' %}
                    where wachtstatus <> 'TOTAAL'
                {% endif %}
                {% if not loop.last %}
                    union all
                {% endif %}
            {% endfor %}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

opgeteld as (
    select
        {% for telling in tellingen -%}
            cast(sum({{ telling }}) as bigint) as {{ telling }},
        {% endfor -%}
        peildatum,
        {{ kenmerken | join(', ') }}
    from uitgelegd
    group by peildatum, {{ kenmerken | join(', ') }}
),

met_schaduwlijst as (
    select distinct peildatum
    from {{ ref('fct_wlz_schaduwlijst') }}
),

gecorrigeerd as (
    select
        opgeteld.peildatum,
        {% for naam in kenmerken + tellingen -%}
            opgeteld.{{ naam }},
        {% endfor -%}
        opgeteld.wachtstatus = 'TOTAAL' as is_totaal,
        case
            when opgeteld.wachtstatus = 'TOTAAL' and met_schaduwlijst.peildatum is not null
                then
                    opgeteld.n_wachtend
                    + opgeteld.n_alleen_op_schaduwlijst
                    + opgeteld.n_doorstroom_ontbreekt
        end as n_wachtend_gecorrigeerd
    from opgeteld
    left join met_schaduwlijst
        on opgeteld.peildatum = met_schaduwlijst.peildatum
)

select
    bron.peildatum,
    bron.sector,
    bron.wachtstatus,
    bron.zorgkantoorregio_code,
    coalesce(regio.uitvoerder_id, 'TOTAAL') as uitvoerder_id,
    bron.n_registraties,
    bron.n_wachtend,
    case when bron.is_totaal then bron.n_geindiceerd end as n_geindiceerd,
    case when bron.is_totaal then {{ verhouding('bron.n_wachtend', 'bron.n_geindiceerd') }} end
        as aandeel_wachtend,
    bron.n_met_norm,
    case when bron.n_met_norm > 0 then bron.n_boven_norm end as n_boven_norm,
    {{ verhouding('bron.n_boven_norm', 'bron.n_met_norm') }} as aandeel_boven_norm,
    cast({{ verhouding('bron.som_wachtdagen', 'bron.n_wachtend', 1) }} as decimal(18, 1))
        as gemiddelde_wachtdagen,
    cast({{ verhouding('bron.som_wachtdagen_totaal', 'bron.n_wachtend', 1) }} as decimal(18, 1))
        as gemiddelde_wachtdagen_totaal,
    bron.n_overbrugging,
    {{ verhouding('bron.n_overbrugging', 'bron.n_wachtend') }} as aandeel_overbrugging,
    bron.n_boven_norm_met_reden,
    {{ verhouding('bron.n_boven_norm_met_reden', 'bron.n_boven_norm') }}
        as aandeel_boven_norm_met_reden,
    bron.n_boven_norm_met_contact,
    {{ verhouding('bron.n_boven_norm_met_contact', 'bron.n_boven_norm') }}
        as aandeel_boven_norm_met_contact,
    bron.n_status_verouderd,
    case when bron.n_wachtend_gecorrigeerd is not null then bron.n_ook_op_schaduwlijst end
        as n_ook_op_schaduwlijst,
    case when bron.n_wachtend_gecorrigeerd is not null then bron.n_alleen_op_schaduwlijst end
        as n_alleen_op_schaduwlijst,
    case when bron.n_wachtend_gecorrigeerd is not null then bron.n_doorstroom_ontbreekt end
        as n_doorstroom_ontbreekt,
    bron.n_wachtend_gecorrigeerd,
    {{ verhouding('bron.n_wachtend', 'bron.n_wachtend_gecorrigeerd') }} as volledigheid
from gecorrigeerd as bron
left join {{ ref('wlz_zorgkantoor') }} as regio
    on bron.zorgkantoorregio_code = regio.zorgkantoorregio_code
where bron.n_registraties > 0 or bron.n_geindiceerd > 0 or bron.n_wachtend_gecorrigeerd > 0

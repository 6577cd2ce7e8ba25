-- Counts of the waiting list per peildatum, sector, wachtstatus and region. What is known of a
-- sector and region but not of a wachtstatus has the status TOTAAL: indications and own lists.
{% set tellingen = [
    'n_registraties', 'n_wachtend', 'n_met_norm', 'n_boven_norm', 'som_wachtdagen',
    'som_wachtdagen_totaal', 'n_overbrugging', 'n_boven_norm_met_reden',
    'n_boven_norm_met_contact', 'n_status_verouderd', 'n_geindiceerd', 'n_ook_op_schaduwlijst',
    'n_alleen_op_schaduwlijst', 'n_doorstroom_ontbreekt'
] %}
{% set contact = dagen_tussen('laatst_contact', 'peildatum') ~ ' <= ' ~ var('wlz_contact_dagen') %}
{% set delen = {
    'lijst': [ref('fct_wlz_wachtlijst'), 'wachtstatus', {
        'n_registraties': 'count(*)',
        'n_wachtend': 'count(case when is_wachtend then 1 end)',
        'n_met_norm': 'count(boven_norm)',
        'n_boven_norm': 'count(case when boven_norm then 1 end)',
        'som_wachtdagen': 'sum(case when is_wachtend then wachtdagen end)',
        'som_wachtdagen_totaal': 'sum(case when is_wachtend then wachtdagen_totaal end)',
        'n_overbrugging': 'count(case when is_wachtend and heeft_overbrugging then 1 end)',
        'n_boven_norm_met_reden': 'count(case when boven_norm then reden_wachten end)',
        'n_boven_norm_met_contact': 'count(case when boven_norm and ' ~ contact ~ ' then 1 end)'
    }],
    'indicatie': [ref('int_wlz_geindiceerd'), "'TOTAAL'", {'n_geindiceerd': 'sum(n_geindiceerd)'}],
    'bevinding': [ref('fct_wlz_bevinding'), "coalesce(wachtstatus, 'TOTAAL')", {
        'n_status_verouderd': "count(case when regel_id = 'WLZ-STATUS-VEROUDERD' then 1 end)",
        'n_ook_op_schaduwlijst':
            "count(distinct case when regel_id = 'WLZ-OOK-OP-SCHADUWLIJST' then pseudo_id end)",
        'n_alleen_op_schaduwlijst':
            "count(distinct case when regel_id = 'WLZ-ALLEEN-OP-SCHADUWLIJST' then pseudo_id end)",
        'n_doorstroom_ontbreekt':
            "count(distinct case when regel_id = 'WLZ-DOORSTROOM-ONTBREEKT' then pseudo_id end)"
    }]
} %}

{% for naam, (relatie, status, maten) in delen.items() %}
    select
        {% for telling in tellingen -%}
            cast({{ maten.get(telling, '0') }} as bigint) as {{ telling }},
        {% endfor -%}
        peildatum,
        sector,
        {{ status }} as wachtstatus,
        zorgkantoorregio_code
    from {{ relatie }}
    group by
        peildatum,
        sector,
        {% if naam != 'indicatie' %}wachtstatus,{% endif %}
        zorgkantoorregio_code
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}

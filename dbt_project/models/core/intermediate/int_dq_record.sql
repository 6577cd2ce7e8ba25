-- Source records behind the facts, as far as intake accepted them, one row a record: whose it is,
-- the year of care, and the rule of data quality it breaks, if any. Rules are the reasons of the
-- build and moments that the indicators need. What a rule says is no record at all (a message that
-- was sent again, a draft) is left out.
{% set registratiedatum = lokale_datum('coalesce(geregistreerd_op, beschikbaar_op)') %}
{% set tijdig = [
    'geregistreerd_op is not null and beschikbaar_op is not null', 'TIJDIGHEID-ONBEKEND'
] %}
{# fact: date of care; when its moments are there, and the rule if not; what is a record; key #}
{% set resource = ['resource_sleutel', 'cast(null as varchar)'] %}
{% set declaratie = ['bericht_sleutel', 'identificatie'] %}
{% set tabellen = {
    'behandelaanwijzing': [
        registratiedatum, ['true', 'MOMENT-ONTBREEKT'], 'codering_nr = 1', resource
    ],
    'contact': [
        lokale_datum('coalesce(begin_op, beschikbaar_op)'),
        ['begin_op is not null', 'MOMENT-ONTBREEKT'],
        'true',
        resource
    ],
    'diagnose': [registratiedatum, tijdig, 'codering_nr = 1', resource],
    'medicatie': [registratiedatum, tijdig, 'codering_nr = 1', resource],
    'meting': [registratiedatum, tijdig, 'codering_nr = 1', resource],
    'prestatie': ['begindatum', ['true', 'MOMENT-ONTBREEKT'], 'true', declaratie],
    'verrichting': [
        lokale_datum('coalesce(uitgevoerd_op, beschikbaar_op)'),
        ['uitgevoerd_op is not null', 'MOMENT-ONTBREEKT'],
        'codering_nr = 1',
        resource
    ],
    'vragenlijst': [
        registratiedatum, ['geregistreerd_op is not null', 'MOMENT-ONTBREEKT'], 'true', resource
    ],
    'wachttijd': [
        'coalesce(einddatum, begindatum)',
        ['true', 'MOMENT-ONTBREEKT'],
        'true',
        ['wachtregistratie_sleutel', 'fase']
    ],
    'wlz_indicatie': [
        'afgiftedatum',
        ['true', 'MOMENT-ONTBREEKT'],
        'true',
        ['wlz_indicatie_sleutel', 'cast(null as varchar)']
    ],
    'wlz_wachtlijst': [
        'peildatum',
        ['true', 'MOMENT-ONTBREEKT'],
        'true',
        ['wlz_indicatie_sleutel', 'cast(peildatum as varchar)']
    ],
    'zorgactiviteit': ['begindatum', ['true', 'MOMENT-ONTBREEKT'], 'true', declaratie],
    'zorgplan': [
        lokale_datum('coalesce(geregistreerd_op, begin_op, beschikbaar_op)'),
        ['coalesce(geregistreerd_op, begin_op) is not null', 'MOMENT-ONTBREEKT'],
        'codering_nr = 1',
        resource
    ]
} %}

with bronrecord as (
    {% for naam, (datum, moment, is_record, delen) in tabellen.items() %}
        select
            'fct_{{ naam }}' as tabel,
            bron_id,
            {{ delen[0] }} as geheel_sleutel,
            {{ delen[1] }} as deel_sleutel,
            zorgaanbieder_id,
            extract(year from {{ datum }}) as jaar,
            coalesce(reden_code, case when not ({{ moment[0] }}) then '{{ moment[1] }}' end)
                as regel_id
        from {{ ref('int_' ~ naam) }}
        where {{ is_record }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    bronrecord.tabel,
    bronrecord.bron_id,
    bronrecord.geheel_sleutel,
    bronrecord.deel_sleutel,
    coalesce(aanbieder.zorgaanbieder_id, 'ONBEKEND') as zorgaanbieder_id,
    coalesce(cast(bronrecord.jaar as varchar), 'ONBEKEND') as periode,
    bronrecord.regel_id
from bronrecord
left join {{ ref('dq_gewicht') }} as gewicht
    on bronrecord.regel_id = gewicht.regel_id
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on bronrecord.zorgaanbieder_id = aanbieder.zorgaanbieder_id
where coalesce(gewicht.telt, 'ja') = 'ja'

-- Source records per fact table, care provider and year of care: how many there were and how many
-- could be used. Usable is: not refused, and with the moments its indicators need. Years are those
-- of the care itself, so a record without any date is in no year. A line of a message that was sent
-- again is no record of poor quality: its successor counts.
{% set geldt = "coalesce(reden_code, '') <> 'EI-BERICHT-VERVANGEN'" %}
{% set beschikbaarheid = 'geregistreerd_op is not null and beschikbaar_op is not null' %}
{% set registratiedatum = lokale_datum('coalesce(geregistreerd_op, beschikbaar_op)') %}
{% set tabellen = {
    'contact': [lokale_datum('coalesce(begin_op, beschikbaar_op)'), 'begin_op is not null', 'true'],
    'diagnose': [registratiedatum, beschikbaarheid, 'codering_nr = 1'],
    'medicatie': [registratiedatum, beschikbaarheid, 'codering_nr = 1'],
    'meting': [registratiedatum, beschikbaarheid, 'codering_nr = 1'],
    'prestatie': ['begindatum', 'true', geldt],
    'verrichting': [
        lokale_datum('coalesce(uitgevoerd_op, beschikbaar_op)'),
        'uitgevoerd_op is not null',
        'codering_nr = 1'
    ],
    'wachttijd': ['coalesce(einddatum, begindatum)', 'true', 'true'],
    'zorgactiviteit': ['begindatum', 'true', geldt]
} %}

with bronrecord as (
    {% for naam, (datum, bruikbaar, telt) in tabellen.items() %}
        select
            'fct_{{ naam }}' as tabel,
            zorgaanbieder_id,
            extract(year from {{ datum }}) as jaar,
            case when reden_code is null and {{ bruikbaar }} then 1 else 0 end as is_bruikbaar
        from {{ ref('int_' ~ naam) }}
        where {{ telt }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    tabel,
    zorgaanbieder_id,
    jaar,
    count(*) as n_records,
    sum(is_bruikbaar) as n_bruikbaar
from bronrecord
where zorgaanbieder_id is not null and jaar is not null
group by tabel, zorgaanbieder_id, jaar

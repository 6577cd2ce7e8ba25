-- Whether hospital care that the first line can also give moved in a zorgkantoorregio, and the four
-- guards that say what went wrong where it fell. Limits are data: ref_bewaking. A region with an
-- agreement on the move (ref_afspraak) does not move silently.
{% set delen = ['doelzorg', 'eerstelijn', 'wlz', 'overig'] %}
with naast_elkaar as (
    select
        zorgkantoorregio_code,
        jaar,
        {% for deel in delen -%}
            max(case when deel = '{{ deel }}' then aantal end) as {{ deel }},
            max(case when deel = '{{ deel }}' then verandering end) as verandering_{{ deel }},
            max(case when deel = '{{ deel }}' then z end) as z_{{ deel }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_substitutie_verandering') }}
    group by zorgkantoorregio_code, jaar
),

grens as (
    select
        max(case when grens = 'verandering' then cast(waarde as decimal(18, 4)) end) as verandering,
        max(case when grens = 'z_teken' then cast(waarde as decimal(18, 4)) end) as z_teken,
        max(case when grens = 'z_stilte' then cast(waarde as decimal(18, 4)) end) as z_stilte
    from {{ ref('ref_bewaking') }}
),

afspraak as (
    select distinct
        regio.zorgkantoorregio_code,
        regio.jaar
    from naast_elkaar as regio
    inner join {{ ref('ref_afspraak') }} as afspraak
        on
            regio.zorgkantoorregio_code = afspraak.zorgkantoorregio_code
            and afspraak.soort = 'substitutie'
            and cast(afspraak.geldig_van as date) <= make_date(regio.jaar, 12, 31)
            and (
                afspraak.geldig_tot is null
                or cast(afspraak.geldig_tot as date) >= make_date(regio.jaar, 12, 31)
            )
),

tekens as (
    select
        regio.zorgkantoorregio_code,
        regio.jaar,
        {% for deel in delen -%}
            regio.{{ deel }},
            regio.verandering_{{ deel }},
        {% endfor %}
        afspraak.jaar is not null as heeft_afspraak,
        coalesce(
            regio.z_doelzorg <= -grens.z_teken
            and regio.verandering_doelzorg <= -grens.verandering,
            false
        ) as doelzorg_daalt,
        {% for deel in ['eerstelijn', 'wlz', 'overig'] -%}
            coalesce(
                regio.z_{{ deel }} >= grens.z_teken
                and regio.verandering_{{ deel }} >= grens.verandering,
                false
            ) as {{ deel }}_stijgt,
        {% endfor %}
        coalesce(regio.z_eerstelijn, 0) < grens.z_stilte
        and coalesce(regio.z_wlz, 0) < grens.z_stilte as niets_ervoor_terug
    from naast_elkaar as regio
    cross join grens
    left join afspraak
        on
            regio.zorgkantoorregio_code = afspraak.zorgkantoorregio_code
            and regio.jaar = afspraak.jaar
)

select
    zorgkantoorregio_code,
    cast(jaar as varchar) as periode,
    {% for deel in delen -%}
        coalesce({{ deel }}, 0) as {{ deel }},
        verandering_{{ deel }},
    {% endfor %}
    heeft_afspraak,
    doelzorg_daalt,
    doelzorg_daalt and eerstelijn_stijgt and not heeft_afspraak as stille_transitie,
    doelzorg_daalt and overig_stijgt as opvuleffect,
    doelzorg_daalt and wlz_stijgt as afwenteling,
    doelzorg_daalt and niets_ervoor_terug as onderbehandeling
from tekens

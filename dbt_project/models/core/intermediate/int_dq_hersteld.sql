-- Judgements of intake that no longer hold. A refusal does not when the source put it right: a
-- newer or equal version of the resource was accepted, or the source took it away; the message or
-- the prestatie came again and was accepted; the wait was accepted for the same or a later period;
-- the indication, or its place on the waiting list of that day, was accepted.
-- A warning does not when it is about another version than the valid one, and nothing does of a
-- test message. What came first never matters.
{% set resources = [
    'behandelaanwijzing',
    'contact',
    'declaratie',
    'diagnose',
    'medicatie',
    'meting',
    'verrichting',
    'vragenlijst',
    'zorgplan'
] %}
{% set oordeel -%}
    oordeel.bron_id, oordeel.soort, oordeel.inhoud_sleutel, oordeel.bericht_sleutel
{%- endset %}
with oordeel as (
    select distinct
        bron_id,
        soort,
        tabel,
        inhoud_sleutel,
        resource_sleutel,
        beschikbaar_op,
        wachtregistratie_sleutel,
        fase,
        wlz_indicatie_sleutel,
        peildatum,
        bericht_sleutel,
        laatste_periode
    from {{ ref('stg_dq_oordeel') }}
),

geweigerd as (
    select
        {{ oordeel }},
        oordeel.tabel,
        oordeel.resource_sleutel,
        oordeel.beschikbaar_op,
        oordeel.wachtregistratie_sleutel,
        oordeel.fase,
        oordeel.wlz_indicatie_sleutel,
        oordeel.peildatum,
        oordeel.laatste_periode
    from oordeel
    where oordeel.soort = 'geweigerd'
),

resource as (
    {% for naam in resources %}
        select distinct
            'fhir_{{ naam }}' as tabel,
            bron_id,
            resource_sleutel,
            beschikbaar_op
        from {{ ref('stg_fhir_' ~ naam) }}
        where resource_sleutel in (select oordeel.resource_sleutel from oordeel)
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select {{ oordeel }}
from oordeel
inner join resource
    on
        oordeel.tabel = resource.tabel
        and oordeel.bron_id = resource.bron_id
        and oordeel.resource_sleutel = resource.resource_sleutel
where
    case oordeel.soort
        when 'geweigerd' then coalesce(oordeel.beschikbaar_op <= resource.beschikbaar_op, true)
        else coalesce(
            oordeel.beschikbaar_op <> resource.beschikbaar_op,
            oordeel.beschikbaar_op is not null or resource.beschikbaar_op is not null
        )
    end
union
select {{ oordeel }}
from geweigerd as oordeel
inner join {{ ref('stg_fhir_verwijdering') }} as verwijdering
    on
        oordeel.bron_id = verwijdering.bron_id
        and oordeel.resource_sleutel = verwijdering.resource_sleutel
where coalesce(oordeel.beschikbaar_op <= verwijdering.verwijderd_op, true)
union
select {{ oordeel }}
from geweigerd as oordeel
inner join {{ ref('stg_reg_ggz_wachttijd') }} as wacht
    on
        oordeel.bron_id = wacht.bron_id
        and oordeel.wachtregistratie_sleutel = wacht.wachtregistratie_sleutel
        and oordeel.fase = wacht.fase
where coalesce(oordeel.laatste_periode <= wacht.periode, true)
union
select {{ oordeel }}
from geweigerd as oordeel
inner join {{ ref('stg_reg_wlz_indicatie') }} as indicatie
    on
        oordeel.bron_id = indicatie.bron_id
        and oordeel.wlz_indicatie_sleutel = indicatie.wlz_indicatie_sleutel
where oordeel.tabel = 'reg_wlz_indicatie'
union
select {{ oordeel }}
from geweigerd as oordeel
inner join {{ ref('stg_reg_wlz_wachtlijst') }} as wacht
    on
        oordeel.bron_id = wacht.bron_id
        and oordeel.wlz_indicatie_sleutel = wacht.wlz_indicatie_sleutel
        and oordeel.peildatum = wacht.peildatum
where oordeel.tabel = 'reg_wlz_wachtlijst'
union
select {{ oordeel }}
from geweigerd as oordeel
inner join {{ ref('int_dq_bericht_opnieuw') }} as opnieuw
    on
        oordeel.inhoud_sleutel = opnieuw.inhoud_sleutel
        and oordeel.bericht_sleutel = opnieuw.bericht_sleutel
union
select {{ oordeel }}
from oordeel
where
    oordeel.bericht_sleutel in (
        select bericht.bericht_sleutel
        from {{ ref('stg_dq_oordeel') }} as bericht
        inner join {{ ref('dq_gewicht') }} as gewicht
            on bericht.reden_code = gewicht.regel_id
        where gewicht.telt = 'nee' and bericht.tabel is null
    )

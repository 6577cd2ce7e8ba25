-- One row a person. Each characteristic is the one known last; where two were known on the same
-- day the value itself decides, never the order of delivery.
with laatst_bekend as (
    select
        pseudo_id,
        cast({{ laatst_bekend('cast(geboortejaar as varchar)', 'bekend_op') }} as integer)
            as geboortejaar,
        {{ laatst_bekend('geslacht', 'bekend_op') }} as geslacht,
        {{ laatst_bekend('pc4', 'bekend_op') }} as pc4,
        {{ laatst_bekend('uzovi', 'bekend_op') }} as uzovi
    from {{ ref('int_persoon_kenmerk') }}
    group by pseudo_id
),

iedereen as (
    select pseudo_id from {{ ref('int_persoon_sleutel') }}
    union
    select pseudo_id from {{ ref('int_verzekerde') }}
    union
    select pseudo_id
    from {{ ref('int_prestatie') }}
    where pseudo_id is not null
    union
    select pseudo_id from {{ ref('int_wachttijd') }}
    union
    select pseudo_id from {{ ref('int_wlz_indicatie') }}
    union
    select pseudo_id from {{ ref('int_wlz_schaduwlijst') }}
    {% for naam in [
        'contact', 'diagnose', 'medicatie', 'meting', 'verrichting',
        'alert', 'behandelaanwijzing', 'vragenlijst', 'zorgplan'
    ] %}
        union
        select pseudo_id
        from {{ ref('int_' ~ naam) }}
        where pseudo_id is not null
    {% endfor %}
)

select
    iedereen.pseudo_id,
    laatst_bekend.geboortejaar,
    coalesce(laatst_bekend.geslacht, 'onbekend') as geslacht,
    laatst_bekend.pc4,
    coalesce(postcode.gemeente_code, 'ONBEKEND') as gemeente_code,
    coalesce(postcode.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
    coalesce(postcode.welvaart_kwintiel, 'onbekend') as welvaart_kwintiel,
    laatst_bekend.uzovi,
    coalesce(verzekeraar.concern_id, 'ONBEKEND') as verzekeraar_id
from iedereen
left join laatst_bekend
    on iedereen.pseudo_id = laatst_bekend.pseudo_id
left join {{ ref('int_postcode') }} as postcode
    on laatst_bekend.pc4 = postcode.pc4
left join {{ ref('int_verzekeraar') }} as verzekeraar
    on
        laatst_bekend.uzovi = verzekeraar.uzovi
        and verzekeraar.geldig_tot = date '9999-12-31'

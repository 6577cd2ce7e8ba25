-- The 24-hour clock: every kerngegeven once, when it was recorded, when it was first available, and
-- whether that was within 24 hours. This is the only place where that is judged.
{% set een = ['tabel', 'bron_id', 'resource_sleutel'] %}
with gekenmerkt as {{ niet_bewaard() }} (
    select
        gegeven.tabel,
        gegeven.bron_id,
        gegeven.resource_sleutel,
        gegeven.pseudo_id,
        gegeven.zorgaanbieder_id,
        gegeven.geregistreerd_op,
        gegeven.beschikbaar_op,
        code.onderdeel as onderdeel_code,
        categorie.onderdeel as onderdeel_categorie,
        alle.onderdeel as onderdeel_alle,
        alle.in_indicator
    from {{ ref('int_kerngegeven') }} as gegeven
    left join {{ ref('kerngegeven_onderdeel') }} as alle
        on gegeven.tabel = alle.tabel and alle.kenmerk = 'alle'
    left join {{ ref('kerngegeven_onderdeel') }} as categorie
        on
            gegeven.tabel = categorie.tabel
            and categorie.kenmerk = 'categorie'
            and gegeven.categorie = categorie.waarde
    left join {{ ref('kerngegeven_onderdeel') }} as code
        on
            gegeven.tabel = code.tabel
            and code.kenmerk = 'code'
            and gegeven.code_stelsel = code.stelsel
            and gegeven.code = code.waarde
),

vaker as (
    {{ nummers_vaker('gekenmerkt', een) }}
),

-- One row a resource: a second coding is no second record. Most have one row as they come.
gegeven as (
    select
        tabel,
        bron_id,
        resource_sleutel,
        pseudo_id,
        zorgaanbieder_id,
        geregistreerd_op,
        beschikbaar_op,
        coalesce(onderdeel_code, onderdeel_categorie, onderdeel_alle) as onderdeel,
        in_indicator
    from gekenmerkt
    where {{ inhoud_getal(een) }} not in (select vaker.nummer from vaker)
    union all
    select
        tabel,
        bron_id,
        resource_sleutel,
        min(pseudo_id) as pseudo_id,
        min(zorgaanbieder_id) as zorgaanbieder_id,
        min(geregistreerd_op) as geregistreerd_op,
        min(beschikbaar_op) as beschikbaar_op,
        coalesce(min(onderdeel_code), min(onderdeel_categorie), min(onderdeel_alle)) as onderdeel,
        min(in_indicator) as in_indicator
    from gekenmerkt
    where {{ inhoud_getal(een) }} in (select vaker.nummer from vaker)
    group by tabel, bron_id, resource_sleutel
),

-- What the source says about the record, apart from the record.
herkomst as (
    select
        bron_id,
        doel_sleutel,
        min(geregistreerd_op) as geregistreerd_op
    from {{ ref('stg_fhir_herkomst') }}
    group by bron_id, doel_sleutel
),

geklokt as (
    select
        gegeven.tabel,
        gegeven.bron_id,
        gegeven.resource_sleutel,
        gegeven.pseudo_id,
        gegeven.zorgaanbieder_id,
        gegeven.onderdeel,
        gegeven.in_indicator,
        coalesce(gegeven.geregistreerd_op, herkomst.geregistreerd_op) as geregistreerd_op,
        gegeven.geregistreerd_op is null and herkomst.geregistreerd_op is not null as uit_herkomst,
        gegeven.beschikbaar_op
    from gegeven
    left join herkomst
        on
            gegeven.bron_id = herkomst.bron_id
            and gegeven.resource_sleutel = herkomst.doel_sleutel
)

select
    {{ sleutel(['bron_id', 'tabel', 'resource_sleutel']) }} as kerngegeven_id,
    tabel,
    onderdeel,
    in_indicator = 'ja' as in_indicator,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    geregistreerd_op,
    uit_herkomst,
    beschikbaar_op,
    {{ lokale_datum('coalesce(geregistreerd_op, beschikbaar_op)') }} as peildatum,
    case
        when geregistreerd_op is not null and beschikbaar_op is not null
            then beschikbaar_op <= geregistreerd_op + interval 24 hour
    end as binnen_24_uur,
    -- A clock that runs behind is no delay.
    case
        when beschikbaar_op < geregistreerd_op then 0
        else {{ seconden_tussen('geregistreerd_op', 'beschikbaar_op') }}
    end as vertraging_seconden
from geklokt

-- Refused records of declarations of which the message or the prestatie came again and was
-- accepted: the rest of the message was replaced by a later one, all of it was refused and it came
-- again under its invoice number, or the prestatie came in another message under its own reference
-- number. A record that was refused with the delivery it was in may also have come just as it was.
with oordeel as (
    select distinct
        inhoud_sleutel,
        tabel,
        bericht_sleutel,
        identificatie,
        referentie_sleutel,
        factuur_sleutel,
        dagtekening,
        zorgaanbieder_id
    from {{ ref('stg_dq_oordeel') }}
    where soort = 'geweigerd' and bericht_sleutel is not null
)

select
    oordeel.inhoud_sleutel,
    oordeel.bericht_sleutel
from oordeel
inner join {{ ref('int_bericht') }} as bericht
    on oordeel.bericht_sleutel = bericht.bericht_sleutel
where bericht.vervangen_op is not null
union
select
    oordeel.inhoud_sleutel,
    oordeel.bericht_sleutel
from oordeel
left join {{ ref('int_bericht') }} as zelf
    on oordeel.bericht_sleutel = zelf.bericht_sleutel
inner join {{ ref('int_bericht') }} as bericht
    on
        oordeel.zorgaanbieder_id = bericht.declarant_id
        and oordeel.factuur_sleutel = bericht.factuur_sleutel
where
    zelf.bericht_sleutel is null
    and coalesce(oordeel.dagtekening <= bericht.bekend_op, true)
union
select
    oordeel.inhoud_sleutel,
    oordeel.bericht_sleutel
from oordeel
inner join {{ ref('int_prestatie') }} as prestatie
    on
        oordeel.referentie_sleutel = prestatie.referentie_sleutel
        and oordeel.bericht_sleutel <> prestatie.bericht_sleutel
where coalesce(prestatie.reden_code, '') <> 'EI-BERICHT-VERVANGEN'
union
select
    oordeel.inhoud_sleutel,
    oordeel.bericht_sleutel
from oordeel
inner join {{ ref('stg_decl_prestatie') }} as zelfde
    on
        oordeel.bericht_sleutel = zelfde.bericht_sleutel
        and oordeel.identificatie = zelfde.identificatie
where oordeel.tabel = 'decl_prestatie'
union
select
    oordeel.inhoud_sleutel,
    oordeel.bericht_sleutel
from oordeel
inner join {{ ref('stg_decl_zorgactiviteit') }} as zelfde
    on
        oordeel.bericht_sleutel = zelfde.bericht_sleutel
        and oordeel.identificatie = zelfde.identificatie
where oordeel.tabel = 'decl_zorgactiviteit'

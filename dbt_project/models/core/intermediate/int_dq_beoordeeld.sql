-- Judgements of intake with the record they are about: an accepted one that is odd or of which a
-- newer version was refused, or else a refused one, which comes on top of the accepted records. Of
-- a refused record that came with different contents the first year and one care provider count.
with aanvaard as (
    select
        record.tabel,
        record.bron_id,
        record.geheel_sleutel,
        record.deel_sleutel,
        min(record.zorgaanbieder_id) as zorgaanbieder_id,
        min(record.periode) as periode
    from {{ ref('int_dq_record') }} as record
    where
        record.geheel_sleutel in (
            select oordeel.geheel_sleutel from {{ ref('int_dq_oordeel') }} as oordeel
        )
    group by record.tabel, record.bron_id, record.geheel_sleutel, record.deel_sleutel
),

geweigerd as (
    select
        tabel,
        bron_id,
        geheel_sleutel,
        deel_sleutel,
        coalesce(max(zorgaanbieder_id), 'ONBEKEND') as zorgaanbieder_id,
        coalesce(min(periode), 'ONBEKEND') as periode
    from {{ ref('int_dq_oordeel') }}
    where soort = 'geweigerd'
    group by tabel, bron_id, geheel_sleutel, deel_sleutel
)

select distinct
    oordeel.tabel,
    oordeel.bron_id,
    oordeel.geheel_sleutel,
    oordeel.deel_sleutel,
    coalesce(aanvaard.zorgaanbieder_id, geweigerd.zorgaanbieder_id) as zorgaanbieder_id,
    coalesce(aanvaard.periode, geweigerd.periode) as periode,
    oordeel.regel_id,
    oordeel.soort as ernst,
    aanvaard.tabel is null as is_geweigerd
from {{ ref('int_dq_oordeel') }} as oordeel
left join aanvaard
    on
        oordeel.tabel = aanvaard.tabel
        and oordeel.bron_id = aanvaard.bron_id
        and oordeel.geheel_sleutel = aanvaard.geheel_sleutel
        and coalesce(oordeel.deel_sleutel, '') = coalesce(aanvaard.deel_sleutel, '')
left join geweigerd
    on
        oordeel.tabel = geweigerd.tabel
        and oordeel.bron_id = geweigerd.bron_id
        and oordeel.geheel_sleutel = geweigerd.geheel_sleutel
        and coalesce(oordeel.deel_sleutel, '') = coalesce(geweigerd.deel_sleutel, '')
where aanvaard.tabel is not null or oordeel.soort = 'geweigerd'

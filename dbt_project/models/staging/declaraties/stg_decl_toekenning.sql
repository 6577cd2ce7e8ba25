-- Records 04 and 06 that an insurer returned, each once a message: what it grants of them. A record
-- that did not come back was granted as declared.
with bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        record,
        identificatie,
        referentie_sleutel,
        prestatie_referentie_sleutel,
        ingediend_cent,
        toegekend_cent,
        debet_credit,
        retourcode_1,
        retourcode_2,
        retourcode_3,
        {{ rij_getal([
            'referentie_sleutel',
            'prestatie_referentie_sleutel',
            'ingediend_cent',
            'toegekend_cent',
            'debet_credit',
            'retourcode_1',
            'retourcode_2',
            'retourcode_3'
        ]) }} as rij_getal
    from {{ source('raw', 'decl_toekenning') }}
),

genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        record,
        identificatie,
        referentie_sleutel,
        prestatie_referentie_sleutel,
        ingediend_cent,
        toegekend_cent,
        debet_credit,
        retourcode_1,
        retourcode_2,
        retourcode_3,
        row_number() over (
            partition by bericht_sleutel, record, identificatie, rij_getal
            order by bron_id asc, levering_id asc, bestand asc, regel asc
        ) as volgnr
    from bron
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    bericht_sleutel,
    record,
    identificatie,
    referentie_sleutel,
    prestatie_referentie_sleutel,
    ingediend_cent,
    toegekend_cent,
    debet_credit,
    retourcode_1,
    retourcode_2,
    retourcode_3
from genummerd
where volgnr = 1

-- Messages: records 01 and 99 together. The key of a message is the hash of its text, so one that
-- is delivered twice counts once.
with bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        standaard,
        versie,
        ei_code,
        uzovi,
        declarant_id,
        begindatum,
        einddatum,
        factuur_sleutel,
        dagtekening,
        totaal_cent,
        {{ rij_getal([
            'standaard',
            'versie',
            'ei_code',
            'uzovi',
            'declarant_id',
            'begindatum',
            'einddatum',
            'factuur_sleutel',
            'dagtekening',
            'totaal_cent'
        ]) }} as rij_getal
    from {{ source('raw', 'decl_bericht') }}
),

genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        standaard,
        versie,
        ei_code,
        uzovi,
        declarant_id,
        begindatum,
        einddatum,
        factuur_sleutel,
        dagtekening,
        totaal_cent,
        row_number() over (
            partition by bericht_sleutel, rij_getal
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
    standaard,
    versie,
    ei_code,
    uzovi,
    declarant_id,
    begindatum,
    einddatum,
    factuur_sleutel,
    dagtekening,
    totaal_cent
from genummerd
where volgnr = 1

-- Retour messages of insurers: records 01 and 99 together, each once. What is granted of a
-- declaration is found by declarant_id and factuur_sleutel.
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
        heen_standaard,
        uzovi,
        declarant_id,
        factuur_sleutel,
        dagtekening,
        retourcode_1,
        retourcode_2,
        retourcode_3,
        ingediend_cent,
        toegekend_cent,
        {{ rij_getal([
            'standaard',
            'versie',
            'ei_code',
            'heen_standaard',
            'uzovi',
            'declarant_id',
            'factuur_sleutel',
            'dagtekening',
            'retourcode_1',
            'retourcode_2',
            'retourcode_3',
            'ingediend_cent',
            'toegekend_cent'
        ]) }} as rij_getal
    from {{ source('raw', 'decl_retour') }}
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
        heen_standaard,
        uzovi,
        declarant_id,
        factuur_sleutel,
        dagtekening,
        retourcode_1,
        retourcode_2,
        retourcode_3,
        ingediend_cent,
        toegekend_cent,
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
    heen_standaard,
    uzovi,
    declarant_id,
    factuur_sleutel,
    dagtekening,
    retourcode_1,
    retourcode_2,
    retourcode_3,
    ingediend_cent,
    toegekend_cent
from genummerd
where volgnr = 1

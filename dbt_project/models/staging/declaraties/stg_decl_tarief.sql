-- Record 06, each once a message: the money of a ZH308 prestatie.
with bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        identificatie,
        prestatie_identificatie,
        soort_tarief,
        bedrag_cent,
        debet_credit,
        referentie_sleutel,
        voorgaande_referentie_sleutel,
        {{ rij_getal([
            'prestatie_identificatie',
            'soort_tarief',
            'bedrag_cent',
            'debet_credit',
            'referentie_sleutel',
            'voorgaande_referentie_sleutel'
        ]) }} as rij_getal
    from {{ source('raw', 'decl_tarief') }}
),

genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        identificatie,
        prestatie_identificatie,
        soort_tarief,
        bedrag_cent,
        debet_credit,
        referentie_sleutel,
        voorgaande_referentie_sleutel,
        row_number() over (
            partition by bericht_sleutel, identificatie, rij_getal
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
    identificatie,
    prestatie_identificatie,
    soort_tarief,
    bedrag_cent,
    debet_credit,
    referentie_sleutel,
    voorgaande_referentie_sleutel
from genummerd
where volgnr = 1

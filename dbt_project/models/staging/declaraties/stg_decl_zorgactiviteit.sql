-- Record 16, each once a message.
with bron as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        bericht_sleutel,
        identificatie,
        prestatie_identificatie,
        zorgactiviteitcode,
        begindatum,
        einddatum,
        aantal,
        debet_credit,
        {{ rij_getal([
            'prestatie_identificatie',
            'zorgactiviteitcode',
            'begindatum',
            'einddatum',
            'aantal',
            'debet_credit'
        ]) }} as rij_getal
    from {{ source('raw', 'decl_zorgactiviteit') }}
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
        zorgactiviteitcode,
        begindatum,
        einddatum,
        aantal,
        debet_credit,
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
    zorgactiviteitcode,
    begindatum,
    einddatum,
    aantal,
    debet_credit
from genummerd
where volgnr = 1

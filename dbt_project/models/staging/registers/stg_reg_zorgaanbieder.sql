-- Address book: a later period replaces an earlier one for the same provider and start date.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        zorgaanbieder_id,
        geldig_van,
        naam,
        soort,
        gemeente_code,
        geldig_tot,
        opvolger_id,
        row_number() over (
            partition by zorgaanbieder_id, geldig_van
            order by
                nullif(periode, 'onbekend') desc nulls last,
                geldig_tot desc nulls last,
                {{ rij_getal([
                    'naam',
                    'soort',
                    'gemeente_code',
                    'geldig_tot',
                    'opvolger_id'
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_zorgaanbieder') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    zorgaanbieder_id,
    geldig_van,
    naam,
    soort,
    gemeente_code,
    geldig_tot,
    opvolger_id
from genummerd
where volgnr = 1

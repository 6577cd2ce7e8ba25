-- Inhabitants: a later period replaces an earlier one.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        jaar,
        pc4,
        gemeente_code,
        leeftijdsklasse,
        geslacht,
        welvaart_kwintiel,
        inwoners,
        row_number() over (
            partition by jaar, pc4, gemeente_code, leeftijdsklasse, geslacht
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal(['welvaart_kwintiel', 'inwoners']) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_bevolking') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    jaar,
    pc4,
    gemeente_code,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel,
    inwoners
from genummerd
where volgnr = 1

-- Decisions on long-term care: a later period replaces an earlier one.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        wlz_indicatie_sleutel,
        pseudo_id,
        geboortejaar,
        geslacht,
        pc4,
        sector,
        grondslag,
        zorgprofiel,
        afgiftedatum,
        ingangsdatum,
        einddatum,
        zorgkantoorregio_code,
        row_number() over (
            partition by wlz_indicatie_sleutel
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal([
                    'pseudo_id',
                    'geboortejaar',
                    'geslacht',
                    'pc4',
                    'sector',
                    'grondslag',
                    'zorgprofiel',
                    'afgiftedatum',
                    'ingangsdatum',
                    'einddatum',
                    'zorgkantoorregio_code'
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_wlz_indicatie') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    wlz_indicatie_sleutel,
    pseudo_id,
    geboortejaar,
    geslacht,
    pc4,
    sector,
    grondslag,
    zorgprofiel,
    afgiftedatum,
    ingangsdatum,
    einddatum,
    zorgkantoorregio_code
from genummerd
where volgnr = 1

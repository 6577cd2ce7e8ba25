-- Decisions on long-term care, each with the reason why it cannot be used; null means accepted.
select
    indicatie.bron_id,
    indicatie.levering_id,
    indicatie.bestand,
    indicatie.regel,
    indicatie.wlz_indicatie_sleutel,
    indicatie.pseudo_id,
    cast(null as varchar) as zorgaanbieder_id,
    indicatie.geboortejaar,
    indicatie.geslacht,
    indicatie.pc4,
    indicatie.sector,
    indicatie.grondslag,
    indicatie.zorgprofiel,
    indicatie.afgiftedatum,
    indicatie.ingangsdatum,
    indicatie.einddatum,
    indicatie.zorgkantoorregio_code,
    case
        when indicatie.einddatum < indicatie.ingangsdatum then 'DATUM-VOLGORDE'
        when profiel.sector <> indicatie.sector then 'WLZ-PROFIEL-SECTOR'
    end as reden_code
from {{ ref('stg_reg_wlz_indicatie') }} as indicatie
inner join {{ ref('wlz_zorgprofiel') }} as profiel
    on indicatie.zorgprofiel = profiel.zorgprofiel

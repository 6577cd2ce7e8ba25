-- Rows of own lists of care providers, each with the reason why it cannot be used; null means
-- accepted.
select
    lijst.bron_id,
    lijst.levering_id,
    lijst.bestand,
    lijst.regel,
    lijst.zorgaanbieder_id,
    lijst.pseudo_id,
    lijst.peildatum,
    lijst.sector,
    lijst.schaduw_soort,
    lijst.begindatum,
    case
        when aanbieder.zorgaanbieder_id is null then 'ZORGAANBIEDER-ONBEKEND'
        when lijst.begindatum > lijst.peildatum then 'DATUM-VOLGORDE'
    end as reden_code
from {{ ref('stg_reg_wlz_schaduwlijst') }} as lijst
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on lijst.zorgaanbieder_id = aanbieder.zorgaanbieder_id

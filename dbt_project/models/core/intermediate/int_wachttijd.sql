-- Waits for mental health care, each with the reason why it cannot be used; null means accepted.
select
    wacht.bron_id,
    wacht.levering_id,
    wacht.bestand,
    wacht.regel,
    wacht.wachtregistratie_sleutel,
    coalesce(
        wacht.pseudo_id,
        {{ persoon_in_bron('w', ['wacht.bron_id', 'wacht.wachtregistratie_sleutel']) }}
    ) as pseudo_id,
    wacht.zorgaanbieder_id,
    wacht.echelon,
    wacht.fase,
    coalesce(wacht.diagnosegroep, 'onbekend') as diagnosegroep,
    wacht.begindatum,
    wacht.einddatum,
    {{ eind_van_periode('wacht.bekend_periode') }} as bekend_op,
    case
        when aanbieder.zorgaanbieder_id is null then 'ZORGAANBIEDER-ONBEKEND'
        when wacht.einddatum < wacht.begindatum then 'DATUM-VOLGORDE'
    end as reden_code
from {{ ref('stg_reg_ggz_wachttijd') }} as wacht
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on wacht.zorgaanbieder_id = aanbieder.zorgaanbieder_id

-- Care of hospitals and GPs, and how much of it was given within the zorgkantoorregio where the
-- person lives. Add-on medicines are no contact; care of which a region is unknown does not count.
select
    'zorg_in_eigen_regio' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    prestatie.pseudo_id,
    make_date(cast(extract(year from prestatie.begindatum) as integer), 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(
        sum(
            case
                when aanbieder.zorgkantoorregio_code = persoon.zorgkantoorregio_code then 1
                else 0
            end
        ) as decimal(18, 4)
    ) as teller,
    cast(count(*) as decimal(18, 4)) as noemer
from {{ ref('fct_prestatie') }} as prestatie
inner join {{ ref('dim_persoon') }} as persoon
    on prestatie.pseudo_id = persoon.pseudo_id
inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on prestatie.zorgaanbieder_id = aanbieder.zorgaanbieder_id
where
    prestatie.telt_mee
    and not prestatie.is_add_on
    and prestatie.sector in ('msz', 'huisartsenzorg')
    and persoon.zorgkantoorregio_code <> 'ONBEKEND'
    and aanbieder.zorgkantoorregio_code <> 'ONBEKEND'
group by prestatie.pseudo_id, extract(year from prestatie.begindatum)

-- Vektis open data with the gemeente of now beside the name that was published. The row of groups
-- that were too small to publish has no gemeente; it belongs in every total.
select
    cast(vektis.jaar as integer) as jaar,
    coalesce(vektis.gemeentenaam, 'RESTREGEL') as gemeentenaam,
    case
        when vektis.gemeentenaam is null then 'RESTREGEL'
        else coalesce(naam.gemeente_code, regio.regio_code, 'ONBEKEND')
    end as gemeente_code,
    coalesce(vektis.geslacht, 'RESTREGEL') as geslacht,
    coalesce(vektis.leeftijdsklasse, 'RESTREGEL') as leeftijdsklasse,
    vektis.kostensoort,
    vektis.aantal_verzekerden,
    vektis.verzekerdejaren,
    vektis.kosten_cent,
    {{ eind_van_periode('vektis.bekend_periode') }} as bekend_op
from {{ ref('stg_reg_vektis_gemeente') }} as vektis
left join {{ ref('vektis_gemeente_naam') }} as naam
    on upper(vektis.gemeentenaam) = naam.gemeentenaam
left join {{ ref('dim_regio') }} as regio
    on
        regio.regio_type = 'gemeente'
        and upper(vektis.gemeentenaam) = upper(regio.regio_naam)

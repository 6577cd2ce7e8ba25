-- Costs under the Zvw as Vektis published them, one row a published row and kind of cost. The row
-- of groups that were too small to publish has no gemeente; it belongs in every total.
select
    cast(vektis.jaar as integer) as jaar,
    coalesce(vektis.gemeentenaam, 'RESTREGEL') as gemeentenaam,
    case
        when vektis.gemeentenaam is null then 'RESTREGEL'
        else coalesce(naam.gemeente_code, regio.gemeente_code, 'ONBEKEND')
    end as gemeente_code,
    coalesce(vektis.geslacht, 'RESTREGEL') as geslacht,
    coalesce(vektis.leeftijdsklasse, 'RESTREGEL') as leeftijdsklasse,
    vektis.kostensoort,
    coalesce(soort.categorie, 'niet_ingedeeld') as categorie,
    cast(vektis.kosten_cent * 0.01 as decimal(18, 2)) as kosten_eur
from {{ ref('stg_reg_vektis_gemeente') }} as vektis
left join {{ ref('vektis_kostensoort') }} as soort
    on vektis.kostensoort = soort.kostensoort
left join {{ ref('vektis_gemeente_naam') }} as naam
    on upper(vektis.gemeentenaam) = naam.gemeentenaam
left join {{ ref('regio_gemeente') }} as regio
    on upper(vektis.gemeentenaam) = upper(regio.gemeente_naam)

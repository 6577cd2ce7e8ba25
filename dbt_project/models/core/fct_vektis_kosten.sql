-- Costs under the Zvw as Vektis published them, one row a published row and kind of cost.
select
    vektis.jaar,
    vektis.gemeentenaam,
    vektis.gemeente_code,
    vektis.geslacht,
    vektis.leeftijdsklasse,
    vektis.kostensoort,
    coalesce(soort.categorie, 'niet_ingedeeld') as categorie,
    cast(vektis.kosten_cent * 0.01 as decimal(18, 2)) as kosten_eur,
    vektis.bekend_op
from {{ ref('int_vektis_gemeente') }} as vektis
left join {{ ref('vektis_kostensoort') }} as soort
    on vektis.kostensoort = soort.kostensoort

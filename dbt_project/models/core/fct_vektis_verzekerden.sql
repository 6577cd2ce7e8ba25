-- Insured persons as Vektis published them, one row a published row: apart from the costs, so that
-- a sum over kinds of cost never counts a person more than once.
with rij as (
    select distinct
        jaar,
        gemeentenaam,
        geslacht,
        leeftijdsklasse,
        aantal_verzekerden,
        verzekerdejaren
    from {{ ref('stg_reg_vektis_gemeente') }}
)

select
    cast(rij.jaar as integer) as jaar,
    coalesce(rij.gemeentenaam, 'RESTREGEL') as gemeentenaam,
    case
        when rij.gemeentenaam is null then 'RESTREGEL'
        else coalesce(naam.gemeente_code, regio.gemeente_code, 'ONBEKEND')
    end as gemeente_code,
    coalesce(rij.geslacht, 'RESTREGEL') as geslacht,
    coalesce(rij.leeftijdsklasse, 'RESTREGEL') as leeftijdsklasse,
    rij.aantal_verzekerden,
    rij.verzekerdejaren
from rij
left join {{ ref('vektis_gemeente_naam') }} as naam
    on upper(rij.gemeentenaam) = naam.gemeentenaam
left join {{ ref('regio_gemeente') }} as regio
    on upper(rij.gemeentenaam) = upper(regio.gemeente_naam)

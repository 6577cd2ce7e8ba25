-- What a series is about, by number: everybody (0), one diagnosis group or one target group.
with gevonden as (
    select
        'TOTAAL' as basis,
        'TOTAAL' as basis_waarde
    union
    select
        'diagnosegroep' as basis,
        diagnosegroep as basis_waarde
    from {{ ref('int_spiegel_waarneming') }}
    where diagnosegroep <> 'TOTAAL'
    union
    select
        'doelgroep' as basis,
        doelgroep as basis_waarde
    from {{ ref('int_doelgroep_lid') }}
)

select
    cast(
        row_number() over (
            order by case basis when 'TOTAAL' then 0 else 1 end, basis, basis_waarde
        ) - 1 as integer
    ) as basis_nr,
    basis,
    basis_waarde
from gevonden

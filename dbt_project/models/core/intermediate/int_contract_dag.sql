-- Whether a provider had a contract with an insurance concern for a sector on a day care began. A
-- row for the sector goes before one for all sectors, a newer row before an older one, and 'nee'
-- before 'ja'. A day without a row is in no row here: that is unknown.
with zorg as (
    select distinct
        regel.zorgaanbieder_id,
        coalesce(verzekeraar.concern_id, regel.uzovi) as verzekeraar_sleutel,
        indeling.sector,
        regel.begindatum
    from {{ ref('int_prestatie_regel') }} as regel
    inner join {{ ref('int_prestatie_indeling') }} as indeling
        on
            regel.regel_id = indeling.regel_id
    left join {{ ref('int_verzekeraar') }} as verzekeraar
        on
            regel.uzovi = verzekeraar.uzovi
            and {{ geldig_op('verzekeraar', 'regel.begindatum') }}
),

contract as (
    select
        contract.zorgaanbieder_id,
        coalesce(verzekeraar.concern_id, contract.uzovi) as verzekeraar_sleutel,
        contract.sector,
        contract.gecontracteerd,
        contract.geldig_van,
        contract.geldig_tot,
        -- A contract is with the concern that the number belongs to on the day of the care.
        coalesce(verzekeraar.geldig_van, date '0001-01-01') as concern_van,
        coalesce(verzekeraar.geldig_tot, date '9999-12-31') as concern_tot
    from {{ ref('stg_reg_contract') }} as contract
    left join {{ ref('int_verzekeraar') }} as verzekeraar
        on contract.uzovi = verzekeraar.uzovi
),

gerangschikt as (
    select
        zorg.zorgaanbieder_id,
        zorg.verzekeraar_sleutel,
        zorg.sector,
        zorg.begindatum,
        contract.gecontracteerd,
        row_number() over (
            partition by
                zorg.zorgaanbieder_id, zorg.verzekeraar_sleutel, zorg.sector, zorg.begindatum
            order by
                contract.sector asc nulls last,
                contract.geldig_van desc,
                contract.gecontracteerd desc
        ) as volgnr
    from zorg
    inner join contract
        on
            zorg.zorgaanbieder_id = contract.zorgaanbieder_id
            and zorg.verzekeraar_sleutel = contract.verzekeraar_sleutel
            and coalesce(contract.sector, zorg.sector) = zorg.sector
            and zorg.begindatum >= contract.geldig_van
            and (contract.geldig_tot is null or zorg.begindatum <= contract.geldig_tot)
            and zorg.begindatum between contract.concern_van and contract.concern_tot
)

select
    zorgaanbieder_id,
    verzekeraar_sleutel,
    sector,
    begindatum,
    gecontracteerd
from gerangschikt
where volgnr = 1

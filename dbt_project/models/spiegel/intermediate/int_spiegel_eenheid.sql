-- Names, regions and peer groups of units, with the days on which each row tells of the unit; every
-- unit has one row on every day. Care providers are compared with those of the same kind, other
-- units with all units of their level.
with aanbieder as (
    {{ met_geldigheid(
        ref('dim_zorgaanbieder_historie'),
        ['zorgaanbieder_id'],
        ['naam', 'zorgkantoorregio_code', 'soort'],
        doorlopend=true
    ) }}
),

regio as (
    {{ met_geldigheid(
        ref('dim_regio_historie'),
        ['regio_type', 'regio_code'],
        ['regio_naam', 'zorgkantoorregio_code'],
        doorlopend=true
    ) }}
)

select
    'landelijk' as niveau,
    'NL' as eenheid_id,
    'Nederland' as eenheid_naam,
    'NL' as eenheid_regio_code,
    'landelijk' as peergroep,
    date '0001-01-01' as geldig_van,
    date '9999-12-31' as geldig_tot
union all
select
    regio_type as niveau,
    regio_code as eenheid_id,
    regio_naam as eenheid_naam,
    zorgkantoorregio_code as eenheid_regio_code,
    regio_type as peergroep,
    geldig_van,
    geldig_tot
from regio
union all
select
    'verzekeraar' as niveau,
    verzekeraar_id as eenheid_id,
    naam as eenheid_naam,
    'NL' as eenheid_regio_code,
    'verzekeraar' as peergroep,
    date '0001-01-01' as geldig_van,
    date '9999-12-31' as geldig_tot
from {{ ref('dim_verzekeraar') }}
union all
select
    'zorgaanbieder' as niveau,
    zorgaanbieder_id as eenheid_id,
    naam as eenheid_naam,
    zorgkantoorregio_code as eenheid_regio_code,
    soort as peergroep,
    geldig_van,
    geldig_tot
from aanbieder

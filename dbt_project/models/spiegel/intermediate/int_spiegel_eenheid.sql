-- Names and peer groups of units. Care providers are compared with those of the same kind, other
-- units with all units of their level.
select
    'landelijk' as niveau,
    'NL' as eenheid_id,
    'Nederland' as eenheid_naam,
    'NL' as eenheid_regio_code,
    'landelijk' as peergroep
union all
select
    regio_type as niveau,
    regio_code as eenheid_id,
    regio_naam as eenheid_naam,
    zorgkantoorregio_code as eenheid_regio_code,
    regio_type as peergroep
from {{ ref('dim_regio') }}
union all
select
    'verzekeraar' as niveau,
    verzekeraar_id as eenheid_id,
    naam as eenheid_naam,
    'NL' as eenheid_regio_code,
    'verzekeraar' as peergroep
from {{ ref('dim_verzekeraar') }}
union all
select
    'zorgaanbieder' as niveau,
    zorgaanbieder_id as eenheid_id,
    naam as eenheid_naam,
    zorgkantoorregio_code as eenheid_regio_code,
    soort as peergroep
from {{ ref('dim_zorgaanbieder') }}

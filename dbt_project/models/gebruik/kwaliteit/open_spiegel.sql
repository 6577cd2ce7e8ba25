-- The mirror for everybody: regions and the country.
select
    {{ kolommen_van_contract() }}
from {{ ref('spiegel_indicator') }}
where
    akkoord = 'geaccepteerd'
    and niveau in ('landelijk', 'zorgkantoorregio')

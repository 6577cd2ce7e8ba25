-- The mirror for everybody: regions and the country.
select
    {{ kolommen_van_contract() }}
from {{ ref('spiegel_indicator') }}
where niveau in ('landelijk', 'zorgkantoorregio')

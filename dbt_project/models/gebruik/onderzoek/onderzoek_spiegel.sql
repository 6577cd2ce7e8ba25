-- The mirror for research, without care providers.
select
    {{ kolommen_van_contract() }}
from {{ ref('spiegel_indicator') }}
where
    akkoord = 'geaccepteerd'
    and niveau in ('landelijk', 'zorgkantoorregio', 'gemeente')

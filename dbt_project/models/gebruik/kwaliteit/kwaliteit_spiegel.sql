-- The mirror to learn from, up to the single care provider.
select
    {{ kolommen_van_contract() }}
from {{ ref('spiegel_indicator') }}
where
    akkoord = 'geaccepteerd'
    and niveau in ('landelijk', 'zorgkantoorregio', 'gemeente', 'zorgaanbieder')

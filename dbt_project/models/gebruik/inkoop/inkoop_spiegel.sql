-- The mirror for purchasing. Insurer rows stay inside: they are sensitive between competitors.
select
    {{ kolommen_van_contract() }}
from {{ ref('spiegel_indicator') }}
where
    akkoord = 'geaccepteerd'
    and niveau in ('landelijk', 'zorgkantoorregio', 'gemeente', 'zorgaanbieder')

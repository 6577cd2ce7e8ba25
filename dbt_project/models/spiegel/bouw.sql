-- The identity of this build: a hash of the content of all core tables and of the code that made
-- the marts. Never a clock or a random number: equal inputs have an equal bouw_id.
with inhoud as (
    select
        sum(aantal) as aantal,
        sum({{ rij_getal(['tabel', 'aantal', 'controlesom']) }}) as controlesom
    from {{ ref('bouw_inhoud') }}
)

select
    'b'
    || left({{ sleutel(['aantal', 'controlesom', "'" ~ var('code_hash') ~ "'"]) }}, 16) as bouw_id,
    aantal as aantal_rijen,
    '{{ var("code_hash") }}' as code_hash
from inhoud

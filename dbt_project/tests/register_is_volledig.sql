-- Each indicator of the register is computed for the country (references need it) and for at least
-- one kind of period, and names fact tables that exist.
select
    indicator_id,
    niveaus,
    periode_typen,
    bron
from {{ ref('indicator') }}
where
    not {{ staat_in("'landelijk'", 'niveaus') }}
    or not (
        {{ staat_in("'jaar'", 'periode_typen') }}
        or {{ staat_in("'kwartaal'", 'periode_typen') }}
    )
    or not regexp_full_match(bron, 'fct_[a-z]+(;fct_[a-z]+)*')

-- Decisions on long-term care that are used, one row a decision.
select
    wlz_indicatie_sleutel as wlz_indicatie_id,
    bron_id,
    pseudo_id,
    sector,
    grondslag,
    zorgprofiel,
    afgiftedatum,
    ingangsdatum,
    einddatum,
    zorgkantoorregio_code
from {{ ref('int_wlz_indicatie') }}
where reden_code is null

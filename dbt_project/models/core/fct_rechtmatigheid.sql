-- Costs of the Wlz per Wlz-uitvoerder, year, form of delivery and judgement.
select
    bron_id,
    cast(jaar as integer) as jaar,
    uitvoerder_id,
    leveringsvorm,
    oordeel,
    cast(bedrag_cent * 0.01 as decimal(18, 2)) as bedrag_eur
from {{ ref('stg_reg_wlz_rechtmatigheid') }}

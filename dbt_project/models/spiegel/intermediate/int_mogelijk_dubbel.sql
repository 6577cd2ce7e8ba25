-- Care that may have been declared through both doors, as an EI message and as a FHIR Claim: lines
-- of one person, declarant, code, days and amount on either side, toward one insurer or one that is
-- not named. Each line pairs with one other at most: n_dubbel is the greatest number of such pairs.
{% set gelijk = [
    'pseudo_id',
    'zorgaanbieder_id',
    'prestatiecodelijst',
    'prestatiecode',
    'begindatum',
    'einddatum',
    'bedrag_eur'
] %}
with beide as (
    select pseudo_id
    from {{ ref('fct_prestatie') }}
    group by pseudo_id
    having
        max(case when kanaal = 'fhir' then 1 else 0 end) = 1
        and min(case when kanaal = 'fhir' then 1 else 0 end) = 0
),

regel as (
    select
        case when kanaal = 'fhir' then 1 else 0 end as is_fhir,
        bron_id,
        sector,
        verzekeraar_id,
        pseudo_id,
        zorgaanbieder_id,
        prestatiecodelijst,
        prestatiecode,
        begindatum,
        coalesce(einddatum, begindatum) as einddatum,
        bedrag_eur
    from {{ ref('fct_prestatie') }}
    -- Who has no BSN is one person within a source alone, and what costs nothing counts nothing.
    where
        telt_mee
        and pseudo_id like 'p%'
        and prestatiecodelijst is not null
        and prestatiecode is not null
        and bedrag_eur <> 0
        and pseudo_id in (select beide.pseudo_id from beide)
),

per_verzekeraar as (
    select
        {{ gelijk | join(',\n        ') }},
        verzekeraar_id,
        min(case when is_fhir = 0 then bron_id end) as bron_ei,
        min(case when is_fhir = 1 then bron_id end) as bron_fhir,
        min(case when is_fhir = 0 then sector end) as sector,
        sum(1 - is_fhir) as n_ei,
        sum(is_fhir) as n_fhir
    from regel
    group by
        {{ gelijk | join(',\n        ') }},
        verzekeraar_id
),

groep as (
    select
        {{ gelijk | join(',\n        ') }},
        min(bron_ei) as bron_ei,
        min(bron_fhir) as bron_fhir,
        min(sector) as sector,
        sum(n_ei) as n_ei,
        sum(n_fhir) as n_fhir,
        sum(case when verzekeraar_id <> 'ONBEKEND' then least(n_ei, n_fhir) else 0 end)
            as n_zelfde,
        sum(case when verzekeraar_id = 'ONBEKEND' then n_ei + n_fhir else 0 end) as n_onbekend
    from per_verzekeraar
    group by
        {{ gelijk | join(',\n        ') }}
)

select
    {{ gelijk | join(',\n    ') }},
    bron_ei,
    bron_fhir,
    sector,
    n_ei,
    n_fhir,
    n_zelfde + least(n_ei - n_zelfde, n_fhir - n_zelfde, n_onbekend) as n_dubbel,
    least(n_ei - n_zelfde, n_fhir - n_zelfde, n_onbekend) as n_zonder_verzekeraar
from groep
where n_zelfde + least(n_ei - n_zelfde, n_fhir - n_zelfde, n_onbekend) > 0

-- Exact 95% limits of every different count that is judged, as a number of events, once for every
-- pair of teller and noemer.
with paar as (
    select distinct
        is_aantal,
        teller,
        case when is_aantal then 0 else noemer_oordeel end as noemer
    from {{ ref('int_spiegel_afwijking') }}
    where
        teller >= 0
        and (is_aantal or (is_deel and teller <= noemer_oordeel))
),

getal as (
    select
        is_aantal,
        teller,
        noemer,
        round(cast(teller as double)) as x,
        cast(noemer as double) as n
    from paar
)

select
    is_aantal,
    teller,
    noemer,
    case
        when is_aantal then {{ poisson_exact('x', 'laag') }}
        else n * ({{ clopper_pearson('x', 'n', 'laag') }})
    end as telling_laag,
    case
        when is_aantal then {{ poisson_exact('x', 'hoog') }}
        else n * ({{ clopper_pearson('x', 'n', 'hoog') }})
    end as telling_hoog
from getal

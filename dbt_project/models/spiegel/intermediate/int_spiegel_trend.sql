-- Change against the same period of the year before, with its 95% interval from the intervals of
-- both values (Zou and Donner 2008, for proportions Newcombe 1998, method 10): the difference lies
-- as far from its bounds as both values from theirs, squared and added. Both periods are taken as
-- independent, which makes the interval wide rather than narrow for people who are in both.
with cel as (
    select
        cel.groep_nr,
        cel.eenheid_id,
        cast(cel.waarde as double) as waarde,
        cast(funnel.ci_laag as double) as laag,
        cast(funnel.ci_hoog as double) as hoog
    from {{ ref('int_spiegel_cel') }} as cel
    inner join {{ ref('int_spiegel_funnel') }} as funnel
        on
            cel.groep_nr = funnel.groep_nr
            and cel.eenheid_id = funnel.eenheid_id
),

paar as (
    select
        nu.groep_nr,
        nu.eenheid_id,
        vorige.waarde as waarde_vorige,
        nu.waarde - vorige.waarde as verschil,
        sqrt(power(nu.waarde - nu.laag, 2) + power(vorige.hoog - vorige.waarde, 2)) as omlaag,
        sqrt(power(nu.hoog - nu.waarde, 2) + power(vorige.waarde - vorige.laag, 2)) as omhoog
    from cel as nu
    inner join {{ ref('int_spiegel_groep') }} as groep
        on nu.groep_nr = groep.groep_nr
    inner join cel as vorige
        on
            groep.vorige_groep_nr = vorige.groep_nr
            and nu.eenheid_id = vorige.eenheid_id
)

select
    groep_nr,
    eenheid_id,
    cast(round(waarde_vorige, 6) as decimal(18, 6)) as waarde_vorige,
    cast(round(verschil, 6) as decimal(18, 6)) as verschil,
    cast(round(verschil - omlaag, 6) as decimal(18, 6)) as verschil_laag,
    cast(round(verschil + omhoog, 6) as decimal(18, 6)) as verschil_hoog
from paar

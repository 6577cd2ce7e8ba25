-- Who is in which target group of the Integraal Zorgakkoord, from when to when, by rules that are
-- data (ref_doelgroep_regel). A rule holds from the day on which someone has the asked number of
-- its values and, when it asks an age, from the first of January of the year in which it is
-- reached; it ends a number of months after the last sign when it says so. Someone can be in
-- several groups.
with regel as (
    select
        doelgroep,
        regel,
        regel_versie,
        gegeven,
        waarde,
        cast(minimum_aantal as integer) as minimum_aantal,
        cast(leeftijd_van as integer) as leeftijd_van,
        cast(maanden as integer) as maanden
    from {{ ref('ref_doelgroep_regel') }}
),

teken as (
    select
        pseudo_id,
        'diagnose' as gegeven,
        diagnosegroep as waarde,
        min(registratiedatum) as eerste,
        max(registratiedatum) as laatste
    from {{ ref('fct_diagnose') }}
    where
        coalesce(verificatie_status, '') not in ('refuted', 'entered-in-error')
        and registratiedatum is not null
    group by pseudo_id, diagnosegroep
    union all
    select
        pseudo_id,
        'sector' as gegeven,
        sector as waarde,
        min(begindatum) as eerste,
        max(begindatum) as laatste
    from {{ ref('fct_prestatie') }}
    where
        telt_mee
    group by pseudo_id, sector
    union all
    select
        pseudo_id,
        'welvaart' as gegeven,
        welvaart_kwintiel as waarde,
        date '0001-01-01' as eerste,
        date '9999-12-31' as laatste
    from {{ ref('dim_persoon') }}
),

voldaan as (
    select
        teken.pseudo_id,
        regel.doelgroep,
        regel.regel,
        regel.regel_versie,
        regel.minimum_aantal,
        regel.leeftijd_van,
        regel.maanden,
        teken.eerste,
        max(teken.laatste) over (
            partition by teken.pseudo_id, regel.doelgroep, regel.regel, regel.regel_versie
        ) as laatste,
        row_number() over (
            partition by teken.pseudo_id, regel.doelgroep, regel.regel, regel.regel_versie
            order by teken.eerste, teken.waarde
        ) as volgnr
    from teken
    inner join regel
        on
            teken.gegeven = regel.gegeven
            and teken.waarde = regel.waarde
),

lid as (
    select
        voldaan.pseudo_id,
        voldaan.doelgroep,
        voldaan.regel,
        voldaan.regel_versie,
        greatest(
            voldaan.eerste,
            case
                when voldaan.leeftijd_van is null then voldaan.eerste
                else make_date(persoon.geboortejaar + voldaan.leeftijd_van, 1, 1)
            end
        ) as van,
        case
            when voldaan.maanden is null then date '9999-12-31'
            else {{ maanden_later('voldaan.laatste', 'voldaan.maanden') }}
        end as tot,
        voldaan.leeftijd_van is not null and persoon.geboortejaar is null as leeftijd_onbekend
    from voldaan
    inner join {{ ref('dim_persoon') }} as persoon
        on voldaan.pseudo_id = persoon.pseudo_id
    where voldaan.volgnr = voldaan.minimum_aantal
)

select
    pseudo_id,
    doelgroep,
    regel,
    regel_versie,
    van,
    tot
from lid
where van <= tot and not leeftijd_onbekend

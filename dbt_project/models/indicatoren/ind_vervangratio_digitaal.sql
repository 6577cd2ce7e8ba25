-- How many physical follow-up consultations went for every digital one that came, against the base
-- year of the same provider: what its care paths would have held by its rates of then, four
-- decimals, against what they held. Providers whose digital care hardly rose have no ratio.
with per_aanbieder as (
    select
        zorgaanbieder_id,
        jaar,
        count(*) as trajecten,
        sum(vervolg_fysiek) as fysiek,
        sum(vervolg_digitaal) as digitaal
    from {{ ref('fct_zorgtraject') }}
    group by zorgaanbieder_id, jaar
),

tarief as (
    select
        jaar.zorgaanbieder_id,
        jaar.jaar,
        cast(round(basis.fysiek / nullif(basis.trajecten, 0), 4) as decimal(18, 4)) as fysiek,
        cast(round(basis.digitaal / nullif(basis.trajecten, 0), 4) as decimal(18, 4)) as digitaal,
        jaar.digitaal as digitaal_nu,
        jaar.trajecten,
        cast(grens.minimum as decimal(18, 4)) as minimum
    from per_aanbieder as jaar
    inner join {{ ref('ref_basisjaar') }} as grens
        on grens.onderwerp = 'vervangratio_digitaal'
    inner join per_aanbieder as basis
        on
            jaar.zorgaanbieder_id = basis.zorgaanbieder_id
            and basis.jaar = cast(grens.basisjaar as integer)
            and jaar.jaar > cast(grens.basisjaar as integer)
)

select
    'vervangratio_digitaal' as indicator_id,
    traject.zorgaanbieder_id,
    traject.pseudo_id,
    make_date(traject.jaar, 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(count(*) * tarief.fysiek - sum(traject.vervolg_fysiek) as decimal(18, 4)) as teller,
    cast(sum(traject.vervolg_digitaal) - count(*) * tarief.digitaal as decimal(18, 4)) as noemer
from {{ ref('fct_zorgtraject') }} as traject
inner join tarief
    on traject.zorgaanbieder_id = tarief.zorgaanbieder_id and traject.jaar = tarief.jaar
where tarief.digitaal_nu - tarief.trajecten * tarief.digitaal >= tarief.minimum * tarief.trajecten
group by
    traject.zorgaanbieder_id, traject.pseudo_id, traject.jaar, tarief.fysiek, tarief.digitaal

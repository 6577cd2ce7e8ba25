-- Interventions that were declared in care paths that stand, with the year in which the path began.
select
    activiteit.prestatie_id,
    activiteit.pseudo_id,
    activiteit.zorgaanbieder_id,
    interventie.interventie_id,
    traject.diagnosegroep,
    activiteit.begindatum,
    traject.jaar as traject_jaar,
    cast(activiteit.aantal as bigint) as aantal
from {{ ref('fct_zorgactiviteit') }} as activiteit
inner join {{ ref('int_interventie') }} as interventie
    on
        activiteit.zorgactiviteitcode = interventie.zorgactiviteitcode
        and {{ geldig_op('interventie', 'activiteit.begindatum') }}
inner join {{ ref('fct_zorgtraject') }} as traject
    on activiteit.prestatie_id = traject.prestatie_id
where activiteit.telt_mee

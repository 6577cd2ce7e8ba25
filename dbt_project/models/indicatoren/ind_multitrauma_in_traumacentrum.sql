-- Treatments of multitrauma, and how many of them in a level 1 trauma centre.
select
    'multitrauma_in_traumacentrum' as indicator_id,
    'ONBEKEND' as zorgaanbieder_id,
    behandeling.pseudo_id,
    behandeling.begindatum as peildatum,
    behandeling.diagnosegroep,
    cast(
        sum(case when centrum.zorgaanbieder_id is null then 0 else behandeling.aantal end)
        as decimal(18, 4)
    ) as teller,
    cast(sum(behandeling.aantal) as decimal(18, 4)) as noemer
from {{ ref('fct_behandeling') }} as behandeling
left join {{ ref('ref_traumacentrum') }} as centrum
    on behandeling.zorgaanbieder_id = centrum.zorgaanbieder_id and centrum.niveau = '1'
where behandeling.interventie_id = 'multitrauma'
group by behandeling.pseudo_id, behandeling.begindatum, behandeling.diagnosegroep

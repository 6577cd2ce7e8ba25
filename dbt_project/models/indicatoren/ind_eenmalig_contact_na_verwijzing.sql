-- Care paths after a referral by the first line, and how many of them were one consultation and
-- nothing else. They count for the practice that the person goes to most.
select
    'eenmalig_contact_na_verwijzing' as indicator_id,
    coalesce(praktijk.praktijk_id, 'ONBEKEND') as zorgaanbieder_id,
    traject.pseudo_id,
    make_date(traject.jaar, 12, 31) as peildatum,
    traject.diagnosegroep,
    cast(
        sum(case when traject.consulten = 1 and traject.overige_activiteiten = 0 then 1 else 0 end)
        as decimal(18, 4)
    ) as teller,
    cast(count(*) as decimal(18, 4)) as noemer
from {{ ref('fct_zorgtraject') }} as traject
left join {{ ref('int_huisartsenpraktijk') }} as praktijk
    on traject.pseudo_id = praktijk.pseudo_id
where traject.verwijzer = 'eerstelijn'
group by
    coalesce(praktijk.praktijk_id, 'ONBEKEND'),
    traject.pseudo_id,
    traject.jaar,
    traject.diagnosegroep

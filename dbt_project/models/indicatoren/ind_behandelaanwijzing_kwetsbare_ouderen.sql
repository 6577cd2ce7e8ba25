-- People of 75 and older at each GP practice they visited in a year, and whether a treatment
-- directive of theirs, from whichever source, held on its last day.
select
    'behandelaanwijzing_kwetsbare_ouderen' as indicator_id,
    bezoek.zorgaanbieder_id,
    bezoek.pseudo_id,
    bezoek.peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when count(aanwijzing.pseudo_id) > 0 then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_praktijkbezoek') }} as bezoek
left join {{ ref('fct_behandelaanwijzing') }} as aanwijzing
    on
        bezoek.pseudo_id = aanwijzing.pseudo_id
        and bezoek.peildatum >= aanwijzing.registratiedatum
        and bezoek.peildatum <= coalesce(aanwijzing.einddatum, date '9999-12-31')
        and aanwijzing.status = 'active'
where bezoek.leeftijd >= 75
group by bezoek.zorgaanbieder_id, bezoek.pseudo_id, bezoek.peildatum

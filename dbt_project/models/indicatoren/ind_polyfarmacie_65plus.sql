-- People of 65 and older at each GP practice they visited in a year, and whether they had five or
-- more chronic medicines at one time: on the last day of the year.
select
    'polyfarmacie_65plus' as indicator_id,
    bezoek.zorgaanbieder_id,
    bezoek.pseudo_id,
    bezoek.peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when count(distinct middel.code) >= 5 then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('int_praktijkbezoek') }} as bezoek
left join {{ ref('int_chronisch_middel') }} as middel
    on
        bezoek.pseudo_id = middel.pseudo_id
        and bezoek.peildatum between middel.begindatum and middel.einddatum
where bezoek.leeftijd >= 65
group by bezoek.zorgaanbieder_id, bezoek.pseudo_id, bezoek.peildatum

-- People whose use of tobacco was recorded in a year, and whether the last record says they smoke.
-- A proxy of healthy life; by welfare it shows a difference in health.
with gerangschikt as (
    select
        pseudo_id,
        zorgaanbieder_id,
        {{ lokale_datum('afgenomen_op') }} as meetdatum,
        waarde_code,
        row_number() over (
            partition by pseudo_id, extract(year from {{ lokale_datum('afgenomen_op') }})
            order by afgenomen_op desc, zorgaanbieder_id asc, waarde_code asc
        ) as volgnr
    from {{ ref('fct_meting') }}
    where
        code_stelsel = 'http://snomed.info/sct'
        and code = '365980008'
        and waarde_code is not null
)

select
    'roken' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    meetdatum as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(case when waarde_code = '77176002' then 1 else 0 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from gerangschikt
where volgnr = 1

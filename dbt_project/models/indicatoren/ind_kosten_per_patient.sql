-- Net declared euros of specialist care per person, care provider, diagnosis group and year in
-- which the care began. Someone whose lines were all reversed to nothing is no patient.
with prestatie as (
    select
        pseudo_id,
        zorgaanbieder_id,
        diagnosegroep,
        cast(extract(year from begindatum) as integer) as jaar,
        bedrag_eur,
        telt_mee
    from {{ ref('fct_prestatie') }}
    where sector = 'msz'
),

per_persoon as (
    select
        pseudo_id,
        zorgaanbieder_id,
        diagnosegroep,
        jaar,
        sum(bedrag_eur) as bedrag_eur,
        max(case when telt_mee then 1 else 0 end) as heeft_zorg
    from prestatie
    group by pseudo_id, zorgaanbieder_id, diagnosegroep, jaar
)

select
    'kosten_per_patient' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    make_date(jaar, 12, 31) as peildatum,
    diagnosegroep,
    cast(bedrag_eur as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from per_persoon
where heeft_zorg = 1 or bedrag_eur <> 0

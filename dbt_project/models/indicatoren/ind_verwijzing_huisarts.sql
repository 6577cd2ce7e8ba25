-- Everybody who came to a GP practice or was referred in a year, and how often the first line
-- referred him to specialist care. It counts for the practice that he goes to most.
with verwezen as (
    select
        pseudo_id,
        jaar,
        count(*) as verwijzingen
    from {{ ref('fct_zorgtraject') }}
    where verwijzer = 'eerstelijn'
    group by pseudo_id, jaar
),

gezien as (
    select distinct
        pseudo_id,
        cast(extract(year from begindatum) as integer) as jaar
    from {{ ref('fct_prestatie') }}
    where sector = 'huisartsenzorg' and telt_mee
    union
    select
        pseudo_id,
        jaar
    from verwezen
)

select
    'verwijzing_huisarts' as indicator_id,
    coalesce(praktijk.praktijk_id, 'ONBEKEND') as zorgaanbieder_id,
    gezien.pseudo_id,
    make_date(gezien.jaar, 12, 31) as peildatum,
    'TOTAAL' as diagnosegroep,
    cast(coalesce(verwezen.verwijzingen, 0) as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from gezien
left join verwezen
    on gezien.pseudo_id = verwezen.pseudo_id and gezien.jaar = verwezen.jaar
left join {{ ref('int_huisartsenpraktijk') }} as praktijk
    on gezien.pseudo_id = praktijk.pseudo_id

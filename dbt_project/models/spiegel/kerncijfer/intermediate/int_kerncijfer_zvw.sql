-- Kerncijfers of care under the Zvw, and of the regions. A figure without data is null.
with wacht as (
    select
        fase,
        avg(wachtdagen) as dagen
    from {{ ref('fct_wachttijd') }}
    where extract(year from einddatum) = 2023
    group by fase
),

msz as (
    select
        extract(year from begindatum) as jaar,
        sum(bedrag_eur) as bedrag_eur
    from {{ ref('fct_prestatie') }}
    where sector = 'msz'
    group by extract(year from begindatum)
),

-- Insurers change on the first of January; who had no care in a year is not seen.
verzekerde as (
    select
        pseudo_id,
        extract(year from begindatum) as jaar,
        min(verzekeraar_id) as verzekeraar_id
    from {{ ref('fct_prestatie') }}
    where verzekeraar_id <> 'ONBEKEND'
    group by pseudo_id, extract(year from begindatum)
)

-- From registration to treatment: both waits of a path, one after the other.
select
    'K24' as code,
    cast(round(sum(dagen) / nullif(7.0, 0), 4) as decimal(18, 4)) as gerealiseerd
from wacht
having count(*) = 2
union all
select
    'K26' as code,
    cast(
        100 * {{ verhouding('erna.bedrag_eur', 'ervoor.bedrag_eur') }} - 100 as decimal(18, 4)
    ) as gerealiseerd
from msz as ervoor
inner join msz as erna
    on ervoor.jaar = 2023 and erna.jaar = 2024
union all
select
    'K43' as code,
    cast(
        100 * {{ verhouding(
            'count(case when ervoor.verzekeraar_id <> erna.verzekeraar_id then 1 end)', 'count(*)'
        ) }} as decimal(18, 4)
    ) as gerealiseerd
from verzekerde as ervoor
inner join verzekerde as erna
    on ervoor.pseudo_id = erna.pseudo_id and ervoor.jaar = 2023 and erna.jaar = 2024
union all
select
    'K13' as code,
    cast(count(distinct regio_code) as decimal(18, 4)) as gerealiseerd
from {{ ref('dim_regio') }}
where regio_type = 'zorgkantoorregio'

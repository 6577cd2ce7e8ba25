-- Every region has all five topics in every year it has inhabitants, forecast years included, once
-- there is care to compare with in the year of its data.
{{ config(group='kern') }}
with vergelijkbaar as (
    select distinct periode
    from {{ ref('regiobeeld') }}
    where onderwerp = 'gap'
)

select
    beeld.zorgkantoorregio_code,
    beeld.periode,
    count(distinct beeld.onderwerp) as onderwerpen
from {{ ref('regiobeeld') }} as beeld
inner join vergelijkbaar
    on beeld.periode = vergelijkbaar.periode
group by beeld.zorgkantoorregio_code, beeld.periode
having count(distinct beeld.onderwerp) < 5

-- The norm each definition is held against in a year. Of the norms with a value the first that is
-- still to be reached by then goes before one that should have been reached earlier; of those for
-- the same year an agreed norm goes before an ambition, a proposal and a point of discussion.
with jaar as (
    select distinct left(periode, 4) as jaar
    from {{ ref('int_spiegel_groep') }}
),

kandidaat as (
    select
        norm.norm_id,
        norm.indicator_id,
        jaar.jaar,
        norm.status,
        norm.operator,
        cast(norm.doelwaarde as decimal(18, 6)) as doelwaarde,
        make_date(cast(norm.doeljaar as integer), 12, 31) as doeldatum,
        row_number() over (
            partition by norm.indicator_id, jaar.jaar
            order by
                case when norm.doeljaar >= jaar.jaar then 0 else 1 end,
                abs(cast(norm.doeljaar as integer) - cast(jaar.jaar as integer)),
                case norm.status
                    when 'norm' then 1
                    when 'ambitie' then 2
                    when 'voorstel' then 3
                    else 4
                end,
                norm.norm_id
        ) as volgorde
    from {{ ref('ref_norm') }} as norm
    cross join jaar
    where norm.doelwaarde is not null
)

select
    norm_id,
    indicator_id,
    jaar,
    status,
    operator,
    doelwaarde,
    doeldatum
from kandidaat
where volgorde = 1

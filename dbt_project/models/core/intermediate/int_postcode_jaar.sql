-- Municipality and welfare quintile of a postcode area in each year of the population register. An
-- area in two municipalities goes with the one where most of its people live.
with per_gemeente as (
    select
        pc4,
        gemeente_code,
        jaar,
        max(welvaart_kwintiel) as welvaart_kwintiel,
        sum(inwoners) as inwoners
    from {{ ref('stg_reg_bevolking') }}
    group by pc4, gemeente_code, jaar
),

gerangschikt as (
    select
        pc4,
        jaar,
        gemeente_code,
        welvaart_kwintiel,
        row_number() over (
            partition by pc4, jaar
            order by inwoners desc, gemeente_code asc
        ) as volgnr
    from per_gemeente
)

select
    pc4,
    jaar,
    gemeente_code,
    coalesce(cast(welvaart_kwintiel as varchar), 'onbekend') as welvaart_kwintiel
from gerangschikt
where volgnr = 1

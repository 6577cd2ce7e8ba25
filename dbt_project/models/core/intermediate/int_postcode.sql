-- Welfare quintile of a postcode area, and where it lies in the newest layout.
with gerangschikt as (
    select
        pc4,
        welvaart_kwintiel,
        row_number() over (partition by pc4 order by jaar desc) as volgnr
    from {{ ref('int_postcode_jaar') }}
)

select
    postcode.pc4,
    indeling.gemeente_code,
    indeling.zorgkantoorregio_code,
    postcode.welvaart_kwintiel
from gerangschikt as postcode
inner join {{ ref('int_postcode_indeling') }} as indeling
    on
        postcode.pc4 = indeling.pc4
        and indeling.geldig_tot = date '9999-12-31'
where postcode.volgnr = 1

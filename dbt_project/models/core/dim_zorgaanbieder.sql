-- One row a care provider: the newest validity in the address book.
with gerangschikt as (
    select
        zorgaanbieder_id,
        naam,
        soort,
        gemeente_code,
        geldig_van,
        geldig_tot,
        row_number() over (
            partition by zorgaanbieder_id
            order by geldig_van desc nulls last, geldig_tot desc nulls first, naam asc
        ) as volgnr
    from {{ ref('stg_reg_zorgaanbieder') }}
)

select
    aanbieder.zorgaanbieder_id,
    aanbieder.naam,
    aanbieder.soort,
    coalesce(soort.is_ziekenhuis = 'ja', false) as is_ziekenhuis,
    aanbieder.gemeente_code,
    coalesce(regio.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
    aanbieder.geldig_van,
    aanbieder.geldig_tot
from gerangschikt as aanbieder
left join {{ ref('soort_zorgaanbieder') }} as soort
    on aanbieder.soort = soort.soort
left join {{ ref('regio_gemeente') }} as regio
    on aanbieder.gemeente_code = regio.gemeente_code
where aanbieder.volgnr = 1

-- Care providers with the days on which each row of the address book holds, and who went on.
with boek as (
    {{ met_geldigheid(
        ref('stg_reg_zorgaanbieder'),
        ['zorgaanbieder_id'],
        ['naam', 'soort', 'gemeente_code', 'opvolger_id']
    ) }}
)

select
    boek.zorgaanbieder_id,
    boek.naam,
    boek.soort,
    coalesce(soort.is_ziekenhuis = 'ja', false) as is_ziekenhuis,
    coalesce(indeling.eenheid_code, boek.gemeente_code) as gemeente_code,
    coalesce(indeling.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
    boek.geldig_van,
    boek.geldig_tot,
    boek.opvolger_id
from boek
left join {{ ref('soort_zorgaanbieder') }} as soort
    on boek.soort = soort.soort
left join {{ ref('int_gemeente_indeling') }} as indeling
    on
        boek.gemeente_code = indeling.gemeente_code
        and boek.geldig_tot between indeling.geldig_van and indeling.geldig_tot

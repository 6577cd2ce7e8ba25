-- Groups of comparable figures: what the figures of all units of a level are about.
with deel as (
    select distinct
        uitsplitsing_nr,
        uitsplitsing,
        uitsplitsing_waarde
    from {{ ref('int_spiegel_uitsplitsing') }}
)

select
    {{ groep_nr('reeks.reeks_nr', 'deel.uitsplitsing_nr') }} as groep_nr,
    {{ groep_nr('reeks.landelijk_nr', 'deel.uitsplitsing_nr') }} as landelijk_groep_nr,
    {{ groep_nr('reeks.vorige_nr', 'deel.uitsplitsing_nr') }} as vorige_groep_nr,
    reeks.definitie_nr,
    reeks.definitie_id,
    reeks.soort_meting,
    reeks.casemix,
    reeks.niveau,
    case reeks.basis when 'TOTAAL' then deel.uitsplitsing else reeks.basis end as uitsplitsing,
    case reeks.basis when 'TOTAAL' then deel.uitsplitsing_waarde else reeks.basis_waarde end
        as uitsplitsing_waarde,
    reeks.periode_type,
    reeks.periode,
    {{ eind_van_periode('reeks.periode') }} as periode_eind
from {{ ref('int_spiegel_reeks') }} as reeks
inner join deel
    on reeks.basis = 'TOTAAL' or deel.uitsplitsing = 'TOTAAL'

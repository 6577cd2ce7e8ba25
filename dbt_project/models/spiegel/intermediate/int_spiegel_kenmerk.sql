-- What is known of a person at the end of a period: the stratum for fair comparison, and where the
-- person lives and is insured in the layout of that day. Age is that at the end of the year, from
-- the year of birth, so that someone is in one age class in all periods of a year.
with periode as (
    select distinct
        persoon_nr,
        periode_nr
    from {{ ref('int_spiegel_bijdrage') }}
    where basis = 'TOTAAL'
),

persoon as (
    select
        periode.persoon_nr,
        periode.periode_nr,
        {{ eind_van_periode(periode_van('periode.periode_nr')) }} as periode_eind,
        cast(left(cast(periode.periode_nr as varchar), 4) as integer) - persoon.geboortejaar
            as leeftijd,
        persoon.geslacht,
        persoon.welvaart_kwintiel,
        persoon.pc4,
        persoon.uzovi
    from periode
    inner join {{ ref('int_spiegel_persoon') }} as persoon
        on periode.persoon_nr = persoon.persoon_nr
),

ingedeeld as (
    select
        persoon.persoon_nr,
        persoon.periode_nr,
        coalesce(klasse.leeftijdsklasse, 'onbekend') as leeftijdsklasse,
        persoon.geslacht,
        persoon.welvaart_kwintiel,
        coalesce(gebied.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
        coalesce(gebied.gemeente_code, 'ONBEKEND') as gemeente_code,
        coalesce(label.concern_id, 'ONBEKEND') as verzekeraar_id
    from persoon
    left join {{ ref('leeftijdsklasse') }} as klasse
        on persoon.leeftijd between klasse.van and klasse.tot
    left join {{ ref('int_postcode_indeling') }} as gebied
        on
            persoon.pc4 = gebied.pc4
            and {{ geldig_op('gebied', 'persoon.periode_eind') }}
    left join {{ ref('int_verzekeraar') }} as label
        on
            persoon.uzovi = label.uzovi
            and {{ geldig_op('label', 'persoon.periode_eind') }}
)

select
    persoon_nr,
    periode_nr,
    cast(
        dense_rank() over (order by leeftijdsklasse, geslacht, welvaart_kwintiel) as integer
    ) as stratum_nr,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel,
    zorgkantoorregio_code,
    gemeente_code,
    verzekeraar_id
from ingedeeld

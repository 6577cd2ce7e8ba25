-- What is known of a person at the end of a period: the stratum for fair comparison, and where the
-- person lives and is insured in the layout of that day. Age is that at the end of the year, from
-- the year of birth, and chronic conditions are those at the start of it, so that someone is in one
-- class in all periods of a year, and what care finds or causes in the year does not count.
-- chronisch_nr goes below the hundreds of stratum_nr; models that do not compare it leave it out.
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
        persoon.pseudo_id,
        make_date(cast(left(cast(periode.periode_nr as varchar), 4) as integer) - 1, 12, 31)
            as jaar_ervoor,
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

chronisch as (
    select
        stand.pseudo_id,
        stand.van,
        stand.tot,
        klasse.chronisch
    from {{ ref('int_chronisch_aantal') }} as stand
    inner join {{ ref('ref_chronisch_klasse') }} as klasse
        on stand.aantal between klasse.van and klasse.tot
),

ingedeeld as (
    select
        persoon.persoon_nr,
        persoon.periode_nr,
        coalesce(klasse.leeftijdsklasse, 'onbekend') as leeftijdsklasse,
        persoon.geslacht,
        persoon.welvaart_kwintiel,
        coalesce(aandoening.chronisch, 'onbekend') as chronisch,
        coalesce(gebied.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
        coalesce(gebied.gemeente_code, 'ONBEKEND') as gemeente_code,
        coalesce(label.concern_id, 'ONBEKEND') as verzekeraar_id
    from persoon
    left join {{ ref('leeftijdsklasse') }} as klasse
        on persoon.leeftijd between klasse.van and klasse.tot
    left join chronisch as aandoening
        on
            persoon.pseudo_id = aandoening.pseudo_id
            and persoon.jaar_ervoor between aandoening.van and aandoening.tot
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
        100 * dense_rank() over (order by leeftijdsklasse, geslacht, welvaart_kwintiel) as integer
    ) as stratum_nr,
    cast(dense_rank() over (order by chronisch) as integer) as chronisch_nr,
    leeftijdsklasse,
    geslacht,
    welvaart_kwintiel,
    chronisch,
    zorgkantoorregio_code,
    gemeente_code,
    verzekeraar_id
from ingedeeld

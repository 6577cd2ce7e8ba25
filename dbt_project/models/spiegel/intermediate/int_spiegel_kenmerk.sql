-- What is known of a person at the end of a period: the stratum for fair comparison, and where the
-- person lives and is insured in the layout of that day. Age is that at the end of the year, from
-- the year of birth, and chronic conditions are those at the start of it, so that someone is in one
-- class in all periods of a year, and what care finds or causes in the year does not count.
-- chronisch_nr goes below the hundreds of stratum_nr; models that do not compare it leave it out.
with gevonden as (
    select distinct
        persoon_nr,
        periode_nr
    from {{ ref('int_spiegel_bijdrage') }}
    where basis_nr = 0
),

-- Ages, sexes and quintiles are few: they are named and numbered once, not for every person.
soort as (
    select distinct
        persoon.geboortejaar,
        persoon.geslacht,
        persoon.welvaart_kwintiel,
        periode.jaar
    from {{ ref('int_spiegel_persoon') }} as persoon
    cross join {{ ref('int_spiegel_periode') }} as periode
),

stratum as (
    select
        soort.geboortejaar,
        soort.geslacht,
        soort.welvaart_kwintiel,
        soort.jaar,
        coalesce(klasse.leeftijdsklasse, 'onbekend') as leeftijdsklasse,
        cast(
            100 * dense_rank() over (
                order by
                    coalesce(klasse.leeftijdsklasse, 'onbekend'),
                    soort.geslacht,
                    soort.welvaart_kwintiel
            ) as integer
        ) as stratum_nr
    from soort
    left join {{ ref('leeftijdsklasse') }} as klasse
        on soort.jaar - soort.geboortejaar between klasse.van and klasse.tot
),

chronisch_klasse as (
    select chronisch from {{ ref('ref_chronisch_klasse') }}
    union
    select 'onbekend' as chronisch
),

chronisch_nummer as (
    select
        chronisch,
        cast(row_number() over (order by chronisch) as integer) as chronisch_nr
    from chronisch_klasse
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
        gevonden.persoon_nr,
        gevonden.periode_nr,
        stratum.stratum_nr,
        stratum.leeftijdsklasse,
        stratum.geslacht,
        stratum.welvaart_kwintiel,
        coalesce(aandoening.chronisch, 'onbekend') as chronisch,
        coalesce(gebied.zorgkantoorregio_code, 'ONBEKEND') as zorgkantoorregio_code,
        coalesce(gebied.gemeente_code, 'ONBEKEND') as gemeente_code,
        coalesce(label.concern_id, 'ONBEKEND') as verzekeraar_id
    from gevonden
    inner join {{ ref('int_spiegel_periode') }} as periode
        on gevonden.periode_nr = periode.periode_nr
    inner join {{ ref('int_spiegel_persoon') }} as persoon
        on gevonden.persoon_nr = persoon.persoon_nr
    inner join stratum
        on
            persoon.geboortejaar is not distinct from stratum.geboortejaar
            and persoon.geslacht = stratum.geslacht
            and persoon.welvaart_kwintiel = stratum.welvaart_kwintiel
            and periode.jaar = stratum.jaar
    left join chronisch as aandoening
        on
            persoon.pseudo_id = aandoening.pseudo_id
            and periode.jaar_ervoor between aandoening.van and aandoening.tot
    left join {{ ref('int_postcode_indeling') }} as gebied
        on
            persoon.pc4 = gebied.pc4
            and {{ geldig_op('gebied', 'periode.periode_eind') }}
    left join {{ ref('int_verzekeraar') }} as label
        on
            persoon.uzovi = label.uzovi
            and {{ geldig_op('label', 'periode.periode_eind') }}
)

select
    ingedeeld.persoon_nr,
    ingedeeld.periode_nr,
    ingedeeld.stratum_nr,
    nummer.chronisch_nr,
    ingedeeld.leeftijdsklasse,
    ingedeeld.geslacht,
    ingedeeld.welvaart_kwintiel,
    ingedeeld.chronisch,
    ingedeeld.zorgkantoorregio_code,
    ingedeeld.gemeente_code,
    ingedeeld.verzekeraar_id
from ingedeeld
inner join chronisch_nummer as nummer
    on ingedeeld.chronisch = nummer.chronisch

-- Operations around which a PROM is asked, with the last score before and the first one after, both
-- at the care provider that operated and within the days of prom_ingreep.
with ingreep as (
    select
        verrichting.verrichting_id,
        verrichting.pseudo_id,
        verrichting.zorgaanbieder_id,
        soort.diagnosegroep,
        soort.vragenlijst,
        cast(soort.vooraf_dagen as integer) as vooraf_dagen,
        cast(soort.na_van as integer) as na_van,
        cast(soort.na_tot as integer) as na_tot,
        {{ lokale_datum('verrichting.uitgevoerd_op') }} as ingreepdatum
    from {{ ref('fct_verrichting') }} as verrichting
    inner join {{ ref('prom_ingreep') }} as soort
        on verrichting.code_stelsel = soort.stelsel and verrichting.code = soort.code
    where verrichting.status = 'completed' and verrichting.uitgevoerd_op is not null
),

met_lijst as (
    select
        ingreep.verrichting_id,
        lijst.score,
        {{ dagen_tussen('ingreep.ingreepdatum', 'lijst.invuldatum') }} >= ingreep.na_van as is_na,
        row_number() over (
            partition by
                ingreep.verrichting_id,
                {{ dagen_tussen('ingreep.ingreepdatum', 'lijst.invuldatum') }} >= ingreep.na_van
            order by
                case when lijst.invuldatum > ingreep.ingreepdatum then lijst.ingevuld_op end asc,
                lijst.ingevuld_op desc,
                lijst.score desc
        ) as volgnr
    from ingreep
    inner join {{ ref('fct_vragenlijst') }} as lijst
        on
            ingreep.pseudo_id = lijst.pseudo_id
            and ingreep.zorgaanbieder_id = lijst.zorgaanbieder_id
            and ingreep.vragenlijst = lijst.vragenlijst
    where
        lijst.score is not null
        and lijst.status in ('completed', 'amended')
        and (
            {{ dagen_tussen('ingreep.ingreepdatum', 'lijst.invuldatum') }}
            between -ingreep.vooraf_dagen and 0
            or {{ dagen_tussen('ingreep.ingreepdatum', 'lijst.invuldatum') }}
            between ingreep.na_van and ingreep.na_tot
        )
),

score as (
    select
        verrichting_id,
        max(case when not is_na then score end) as score_vooraf,
        max(case when is_na then score end) as score_na
    from met_lijst
    where volgnr = 1
    group by verrichting_id
)

select
    ingreep.verrichting_id,
    ingreep.pseudo_id,
    ingreep.zorgaanbieder_id,
    ingreep.diagnosegroep,
    ingreep.ingreepdatum,
    score.score_vooraf,
    score.score_na,
    {{ dagen_tussen('ingreep.ingreepdatum', 'bekend_tot') }} >= ingreep.na_tot as is_rond
from ingreep
cross join {{ ref('int_bekend_tot') }}
left join score
    on ingreep.verrichting_id = score.verrichting_id

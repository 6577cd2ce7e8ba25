-- Every acceptance is of a definition in the register, and ends after it began.
select
    akkoord.indicator_id,
    akkoord.definitie_versie,
    akkoord.partij
from {{ ref('ref_indicator_akkoord') }} as akkoord
left join {{ ref('ref_indicator') }} as definitie
    on
        akkoord.indicator_id = definitie.indicator_id
        and akkoord.definitie_versie = definitie.definitie_versie
where
    definitie.indicator_id is null
    or cast(akkoord.ingetrokken_op as date) <= cast(akkoord.akkoord_op as date)

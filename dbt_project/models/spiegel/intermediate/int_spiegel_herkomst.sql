-- Care providers behind a cell and the quality of their source records: the score of each, weighted
-- by what it contributes to the noemer. A contribution without a care provider counts as unusable;
-- for figures about inhabitants, for whom no care provider answers, all records of the named facts
-- count.
select
    bron.groep_nr,
    bron.eenheid_id,
    count(distinct nullif(bron.zorgaanbieder_id, 'ONBEKEND')) as n_zorgaanbieders,
    {{ verhouding(
        'sum(cast(bron.noemer as decimal(26, 4)) * coalesce(kwaliteit.dq_score, 0))',
        'sum(bron.noemer)'
    ) }} as dq_score
from {{ ref('int_spiegel_aanbieder') }} as bron
inner join {{ ref('int_spiegel_groep') }} as groep
    on bron.groep_nr = groep.groep_nr
left join {{ ref('int_spiegel_dq') }} as kwaliteit
    on
        groep.definitie_id = kwaliteit.definitie_id
        and bron.zorgaanbieder_id = kwaliteit.zorgaanbieder_id
        and left(groep.periode, 4) = kwaliteit.jaar
group by bron.groep_nr, bron.eenheid_id

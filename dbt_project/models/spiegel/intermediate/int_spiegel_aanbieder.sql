-- What every care provider contributes to the noemer of a cell, as its weight there: its size, also
-- where a noemer of differences is below zero. None is a provider too, and so are the inhabitants,
-- for whom nobody answers.
with reeks as (
    select
        reeks_nr,
        niveau,
        definitie_nr,
        basis_nr,
        periode_nr
    from {{ ref('int_spiegel_reeks') }}
),

per_stratum as (
    select
        reeks.reeks_nr,
        reeks.basis_nr,
        {{ eenheid_van_niveau('reeks.niveau', 'profiel') }} as eenheid_id,
        profiel.stratum_nr,
        profiel.zorgaanbieder_id,
        sum(profiel.noemer) as noemer
    from {{ ref('int_spiegel_profiel') }} as profiel
    inner join reeks
        on
            profiel.definitie_nr = reeks.definitie_nr
            and profiel.basis_nr = reeks.basis_nr
            and profiel.periode_nr = reeks.periode_nr
    where profiel.per_aanbieder
    group by
        reeks.reeks_nr,
        reeks.basis_nr,
        {{ eenheid_van_niveau('reeks.niveau', 'profiel') }},
        profiel.stratum_nr,
        profiel.zorgaanbieder_id
)

select
    {{ groep_nr('bron.reeks_nr', 'uitsplitsing.uitsplitsing_nr') }} as groep_nr,
    bron.eenheid_id,
    bron.zorgaanbieder_id,
    abs(sum(bron.noemer)) as noemer
from per_stratum as bron
inner join {{ ref('int_spiegel_uitsplitsing') }} as uitsplitsing
    on
        bron.stratum_nr = uitsplitsing.stratum_nr
        and (bron.basis_nr = 0 or uitsplitsing.uitsplitsing = 'TOTAAL')
where bron.eenheid_id <> 'ONBEKEND'
group by
    {{ groep_nr('bron.reeks_nr', 'uitsplitsing.uitsplitsing_nr') }},
    bron.eenheid_id,
    bron.zorgaanbieder_id

-- The one shared mart: every indicator, unit, breakdown and period once.
select
    definitie.indicator_id,
    definitie.definitie_versie,
    cel.niveau,
    cel.eenheid_id,
    cel.uitsplitsing,
    cel.uitsplitsing_waarde,
    cel.periode_type,
    cel.periode,
    cel.eenheid_naam,
    cel.eenheid_regio_code,
    cel.teller,
    cel.noemer,
    cel.waarde,
    cel.n_personen,
    cel.n_zorgaanbieders,
    cast(round(cel.verwacht, 4) as decimal(18, 4)) as verwacht,
    {{ verhouding('cel.teller', 'cel.verwacht') }} as oe_ratio,
    funnel.ci_laag,
    funnel.ci_hoog,
    definitie.casemix as casemix_versie,
    referentie.referentie_landelijk,
    referentie.referentie_peer,
    cel.peergroep,
    referentie.percentiel,
    funnel.funnel_klasse,
    norm.norm_id,
    norm.status as norm_status,
    norm.doelwaarde,
    norm.doeldatum,
    cast(
        case norm.operator
            when '>=' then cel.waarde - norm.doelwaarde
            when '<=' then norm.doelwaarde - cel.waarde
        end as decimal(18, 6)
    ) as afstand_tot_doel,
    cel.dq_score,
    case
        when cel.n_personen < definitie.minimum_volume then 'indicatief'
        when coalesce(cel.dq_score, 0) < {{ var('dq_drempel') }} then 'indicatief'
        else 'definitief'
    end as status,
    akkoord.akkoord,
    bouw.bouw_id
from {{ ref('int_spiegel_cel') }} as cel
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on cel.definitie_id = definitie.definitie_id
inner join {{ ref('indicator_akkoord') }} as akkoord
    on
        definitie.indicator_id = akkoord.indicator_id
        and definitie.definitie_versie = akkoord.definitie_versie
        and date '{{ var("akkoord_op") }}' between akkoord.geldig_van and akkoord.geldig_tot
inner join {{ ref('int_spiegel_referentie') }} as referentie
    on
        cel.definitie_id = referentie.definitie_id
        and cel.niveau = referentie.niveau
        and cel.eenheid_id = referentie.eenheid_id
        and cel.uitsplitsing = referentie.uitsplitsing
        and cel.uitsplitsing_waarde = referentie.uitsplitsing_waarde
        and cel.periode_type = referentie.periode_type
        and cel.periode = referentie.periode
inner join {{ ref('int_spiegel_funnel') }} as funnel
    on
        cel.definitie_id = funnel.definitie_id
        and cel.niveau = funnel.niveau
        and cel.eenheid_id = funnel.eenheid_id
        and cel.uitsplitsing = funnel.uitsplitsing
        and cel.uitsplitsing_waarde = funnel.uitsplitsing_waarde
        and cel.periode_type = funnel.periode_type
        and cel.periode = funnel.periode
left join {{ ref('int_spiegel_norm') }} as norm
    on
        definitie.indicator_id = norm.indicator_id
        and left(cel.periode, 4) = norm.jaar
        -- A norm for a count is one for each institution, not for what they do together.
        and (cel.soort_meting <> 'aantal' or cel.niveau = 'zorgaanbieder')
cross join {{ ref('bouw') }} as bouw

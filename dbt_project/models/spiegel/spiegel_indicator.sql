-- The one shared mart: every indicator, unit, breakdown and period once.
select
    definitie.indicator_id,
    definitie.definitie_versie,
    cel.niveau,
    cel.eenheid_id,
    groep.uitsplitsing,
    groep.uitsplitsing_waarde,
    groep.periode_type,
    groep.periode,
    cel.eenheid_naam,
    cel.eenheid_regio_code,
    cel.teller,
    cel.noemer,
    cel.waarde,
    cel.n_personen,
    cel.n_zorgaanbieders,
    cast(round(cel.verwacht, 4) as decimal(18, 4)) as verwacht,
    {{ verhouding('cel.teller', 'cel.verwacht') }} as oe_ratio,
    funnel.oe_laag,
    funnel.oe_hoog,
    funnel.ci_laag,
    funnel.ci_hoog,
    definitie.casemix as casemix_versie,
    {{ verhouding('cel.teller', 'cel.verwacht_basis') }} as oe_basis,
    referentie.referentie_landelijk,
    referentie.referentie_peer,
    cel.peergroep,
    referentie.percentiel,
    funnel.funnel_klasse,
    funnel.funnel_laag_95,
    funnel.funnel_hoog_95,
    funnel.funnel_laag_998,
    funnel.funnel_hoog_998,
    funnel.kans,
    funnel.overdispersie,
    funnel.tussen_sd,
    funnel.waarde_krimp,
    cel.n_personen >= definitie.minimum_volume as volume_voldoende,
    trend.waarde_vorige,
    trend.verschil,
    trend.verschil_laag,
    trend.verschil_hoog,
    {{ trend_klasse('trend.verschil_laag', 'trend.verschil_hoog', 'definitie.richting') }} as trend,
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
inner join {{ ref('int_spiegel_groep') }} as groep
    on cel.groep_nr = groep.groep_nr
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on groep.definitie_nr = definitie.definitie_nr
inner join {{ ref('int_spiegel_akkoord') }} as akkoord
    on
        definitie.indicator_id = akkoord.indicator_id
        and definitie.definitie_versie = akkoord.definitie_versie
inner join {{ ref('int_spiegel_referentie') }} as referentie
    on
        cel.groep_nr = referentie.groep_nr
        and cel.eenheid_id = referentie.eenheid_id
inner join {{ ref('int_spiegel_funnel') }} as funnel
    on
        cel.groep_nr = funnel.groep_nr
        and cel.eenheid_id = funnel.eenheid_id
left join {{ ref('int_spiegel_trend') }} as trend
    on
        cel.groep_nr = trend.groep_nr
        and cel.eenheid_id = trend.eenheid_id
left join {{ ref('int_spiegel_norm') }} as norm
    on
        definitie.indicator_id = norm.indicator_id
        and left(groep.periode, 4) = norm.jaar
        -- A norm for a count is one for each institution, not for what they do together.
        and (cel.soort_meting <> 'aantal' or cel.niveau = 'zorgaanbieder')
cross join {{ ref('bouw') }} as bouw

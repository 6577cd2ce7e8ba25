-- How much units of a level differ in an indicator (a treatment, a cost, an outcome) per diagnosis
-- group and year: before and after case-mix, without what chance makes of it. docs/statistiek.md.
with eenheid as (
    select
        afwijking.groep_nr,
        afwijking.eenheid_id,
        afwijking.teller,
        cel.noemer,
        afwijking.o,
        afwijking.mu,
        cast(cel.noemer as double) as n,
        afwijking.mu * afwijking.mu / nullif(afwijking.variantie, 0) as gewicht,
        oordeel.funnel_klasse
    from {{ ref('int_spiegel_afwijking') }} as afwijking
    inner join {{ ref('int_spiegel_groep') }} as groep
        on afwijking.groep_nr = groep.groep_nr
    inner join {{ ref('int_spiegel_cel') }} as cel
        on
            afwijking.groep_nr = cel.groep_nr
            and afwijking.eenheid_id = cel.eenheid_id
    inner join {{ ref('int_spiegel_oordeel') }} as oordeel
        on
            afwijking.groep_nr = oordeel.groep_nr
            and afwijking.eenheid_id = oordeel.eenheid_id
    where
        groep.periode_type = 'jaar'
        and groep.uitsplitsing in ('TOTAAL', 'diagnosegroep')
        and cel.soort_meting <> 'aantal'
),

tarief as (
    select
        groep_nr,
        cast(sum(teller) as double) / nullif(cast(sum(noemer) as double), 0) as tarief,
        count(*) as n_eenheden
    from eenheid
    group by groep_nr
),

-- A unit where nothing happened has no logarithm; half an event stands in for it.
verhouding as (
    select
        eenheid.groep_nr,
        tarief.tarief,
        tarief.n_eenheden,
        eenheid.funnel_klasse,
        eenheid.o / nullif(eenheid.mu, 0) as oe,
        ln(greatest(eenheid.o, 0.5) / nullif(eenheid.mu, 0)) as log_oe,
        ln(greatest(eenheid.o, 0.5) / nullif(eenheid.n * tarief.tarief, 0)) as log_ruw,
        eenheid.gewicht,
        row_number() over (
            partition by eenheid.groep_nr
            order by eenheid.o / nullif(eenheid.mu, 0) asc, eenheid.eenheid_id asc
        ) as volgnr
    from eenheid
    inner join tarief
        on eenheid.groep_nr = tarief.groep_nr
    where tarief.n_eenheden >= 10 and tarief.tarief > 0
),

som as (
    select
        groep_nr,
        tarief,
        n_eenheden,
        {{ tussen_variantie('log_oe', 'gewicht') }} as variantie,
        {{ tussen_variantie('log_ruw', 'gewicht') }} as variantie_ruw,
        min(case when volgnr >= 0.1 * n_eenheden then oe end) as p10,
        min(case when volgnr >= 0.9 * n_eenheden then oe end) as p90,
        sum(case when funnel_klasse <> 'binnen' then 1 else 0 end) as n_buiten,
        sum(case when funnel_klasse in ('ver_laag', 'ver_hoog') then 1 else 0 end) as n_ver_buiten
    from verhouding
    group by groep_nr, tarief, n_eenheden
)

select
    definitie.indicator_id,
    definitie.definitie_versie,
    groep.niveau,
    case groep.uitsplitsing
        when 'TOTAAL' then 'TOTAAL'
        else groep.uitsplitsing_waarde
    end as diagnosegroep,
    groep.periode,
    cast(som.n_eenheden as bigint) as n_eenheden,
    {{ afgerond('som.tarief') }} as waarde,
    {{ afgerond('sqrt(som.variantie_ruw)') }} as sd_ruw,
    {{ afgerond('sqrt(som.variantie)') }} as sd_onverklaard,
    {{ afgerond(
        'case when som.variantie_ruw > 0 '
        ~ 'then greatest(0, 1 - som.variantie / nullif(som.variantie_ruw, 0)) end'
    ) }} as deel_verklaard,
    {{ afgerond('som.p10') }} as oe_p10,
    {{ afgerond('som.p90') }} as oe_p90,
    {{ afgerond('som.p90 / nullif(som.p10, 0)') }} as p90_p10,
    {{ verhouding('som.n_buiten', 'som.n_eenheden') }} as aandeel_buiten,
    {{ verhouding('som.n_ver_buiten', 'som.n_eenheden') }} as aandeel_ver_buiten
from som
inner join {{ ref('int_spiegel_groep') }} as groep
    on som.groep_nr = groep.groep_nr
inner join {{ ref('int_spiegel_definitie') }} as definitie
    on groep.definitie_nr = definitie.definitie_nr

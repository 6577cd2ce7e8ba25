-- How soon kerngegevens are available, per source, part of the set, raw table, care provider and
-- period of registration. Medians do not add up, so every total is computed from the records.
{% set groepen = [
    ['bron', 'deel', 'soort'],
    ['bron', 'deel', 'aanbieder'],
    ['bron', 'deel'],
    ['bron', 'aanbieder'],
    ['bron'],
    ['deel', 'soort'],
    ['deel'],
    []
] %}

with gegeven as (
    select
        bron_id as bron,
        onderdeel as deel,
        tabel as soort,
        coalesce(zorgaanbieder_id, 'ONBEKEND') as aanbieder,
        coalesce(cast(extract(year from peildatum) as varchar), 'ONBEKEND') as jaar,
        coalesce(
            cast(extract(year from peildatum) as varchar)
            || 'Q' || cast(extract(quarter from peildatum) as varchar),
            'ONBEKEND'
        ) as kwartaal,
        case when geregistreerd_op is not null then 1 else 0 end as met_registratie,
        case when beschikbaar_op is not null then 1 else 0 end as met_beschikbaarheid,
        case when uit_herkomst then 1 else 0 end as uit_herkomst,
        case when binnen_24_uur is not null then 1 else 0 end as beoordeeld,
        case when binnen_24_uur then 1 else 0 end as op_tijd,
        -- As a small number: a quantile keeps them all, in every group. So 68 years is the most.
        cast(
            case
                when abs(vertraging_seconden) <= 2147483647 then vertraging_seconden
                when vertraging_seconden > 0 then 2147483647
                when vertraging_seconden < 0 then -2147483647
            end as integer
        ) as vertraging
    from {{ ref('fct_beschikbaarheid') }}
),

telling as (
    select
        case when grouping(bron) = 1 then 'TOTAAL' else bron end as bron_id,
        case when grouping(deel) = 1 then 'TOTAAL' else deel end as onderdeel,
        case when grouping(soort) = 1 then 'TOTAAL' else soort end as tabel,
        case when grouping(aanbieder) = 1 then 'TOTAAL' else aanbieder end as zorgaanbieder_id,
        case when grouping(jaar) = 1 then 'kwartaal' else 'jaar' end as periode_type,
        case when grouping(jaar) = 1 then kwartaal else jaar end as periode,
        count(*) as n_records,
        sum(met_registratie) as n_met_registratiemoment,
        sum(uit_herkomst) as n_moment_uit_herkomst,
        sum(met_beschikbaarheid) as n_met_beschikbaarheidsmoment,
        sum(beoordeeld) as n_beoordeeld,
        sum(op_tijd) as n_binnen_24_uur,
        {{ kwantielen([0.5, 0.9], 'vertraging') }} as seconden
    from gegeven
    group by grouping sets (
        {% for groep in groepen %}
            {% for periode in ['jaar', 'kwartaal'] %}
                ({{ (groep + [periode]) | join(', ') }}){{ ',' if not loop.last }}
            {% endfor %}
            {{ ',' if not loop.last }}
        {% endfor %}
    )
)

select
    bron_id,
    onderdeel,
    tabel,
    zorgaanbieder_id,
    periode_type,
    periode,
    cast(n_records as bigint) as n_records,
    cast(n_met_registratiemoment as bigint) as n_met_registratiemoment,
    cast(n_moment_uit_herkomst as bigint) as n_moment_uit_herkomst,
    cast(n_met_beschikbaarheidsmoment as bigint) as n_met_beschikbaarheidsmoment,
    cast(n_beoordeeld as bigint) as n_beoordeeld,
    cast(n_binnen_24_uur as bigint) as n_binnen_24_uur,
    {{ verhouding('n_binnen_24_uur', 'n_beoordeeld') }} as aandeel_binnen_24_uur,
    cast(
        round({{ element('seconden', 1) }} / nullif(3600.0, 0), 2) as decimal(18, 2)
    ) as mediaan_uren,
    cast(
        round({{ element('seconden', 2) }} / nullif(3600.0, 0), 2) as decimal(18, 2)
    ) as p90_uren
from telling

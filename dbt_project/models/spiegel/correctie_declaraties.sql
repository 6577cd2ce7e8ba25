-- What became of declaration lines, per source, sector and year of care: what stands, what was
-- reversed, and what waits for the other half of its correction. Every line is counted once.
with regel as (
    select
        prestatie.bron_id,
        coalesce(indeling.sector, 'ONBEKEND') as sector,
        cast(extract(year from prestatie.begindatum) as varchar) as periode,
        prestatie.bedrag_cent,
        case
            when prestatie.reden_code = 'EI-CREDIT-ZONDER-DEBET' then 'credit_wachtend'
            when prestatie.reden_code = 'EI-BERICHT-VERVANGEN' then 'vervangen'
            when prestatie.reden_code is not null then 'geweigerd'
            when prestatie.debet_credit = 'C' then 'credit_verrekend'
            when prestatie.telt_mee then 'debet_staat'
            else 'debet_teruggedraaid'
        end as staat
    from {{ ref('int_prestatie') }} as prestatie
    left join {{ ref('int_prestatie_indeling') }} as indeling
        on
            prestatie.regel_id = indeling.regel_id
)

select
    bron_id,
    sector,
    coalesce(periode, 'ONBEKEND') as periode,
    count(*) as n_regels,
    {% for staat in [
        'debet_staat',
        'debet_teruggedraaid',
        'credit_verrekend',
        'credit_wachtend',
        'vervangen',
        'geweigerd'
    ] -%}
        cast(sum(case when staat = '{{ staat }}' then 1 else 0 end) as bigint) as n_{{ staat }},
    {% endfor -%}
    cast(
        sum(
            case
                when staat in ('debet_staat', 'debet_teruggedraaid', 'credit_verrekend')
                    then bedrag_cent
                else 0
            end
        ) * 0.01 as decimal(18, 2)
    ) as saldo_eur,
    cast(
        sum(case when staat = 'credit_wachtend' then bedrag_cent else 0 end) * 0.01
        as decimal(18, 2)
    ) as wachtend_eur
from regel
group by bron_id, sector, coalesce(periode, 'ONBEKEND')

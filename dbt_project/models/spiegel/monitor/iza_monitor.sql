-- Where the country and its regions stand beside every target: one row a figure of a year and a
-- target. The path to a target is a straight line from its base value; what is behind it is judged
-- by the whole confidence interval (docs/decisions/0035-on-track.md).
{% set van_cijfer = [
    'indicator_id', 'definitie_versie', 'niveau', 'eenheid_id', 'eenheid_naam', 'periode', 'waarde',
    'ci_laag', 'ci_hoog', 'n_personen', 'status', 'akkoord', 'bouw_id'
] %}
{% set van_doel = [
    'norm_status', 'operator', 'doelwaarde', 'doeljaar', 'basiswaarde', 'basisjaar'
] %}
{% set plaats = ['norm_id', 'jaren_te_gaan', 'jaren_onderweg', 'genoeg_mensen'] %}
with doel as (
    select
        norm_id,
        indicator_id,
        operator,
        status as norm_status,
        cast(doelwaarde as decimal(18, 6)) as doelwaarde,
        cast(doeljaar as integer) as doeljaar,
        cast(basiswaarde as decimal(18, 6)) as basiswaarde,
        cast(basisjaar as integer) as basisjaar
    from {{ ref('ref_norm') }}
),

naast_doel as (
    select
        {% for naam in van_cijfer -%}
            cijfer.{{ naam }},
        {% endfor -%}
        {% for naam in van_doel -%}
            doel.{{ naam }},
        {% endfor -%}
        coalesce(doel.norm_id, 'GEEN') as norm_id,
        greatest(doel.doeljaar - cast(cijfer.periode as integer), 0) as jaren_te_gaan,
        greatest(cast(cijfer.periode as integer) - doel.basisjaar, 0) as jaren_onderweg,
        cijfer.n_personen >= cast(register.minimum_volume as integer) as genoeg_mensen
    from {{ ref('spiegel_indicator') }} as cijfer
    inner join {{ ref('ref_indicator') }} as register
        on
            cijfer.indicator_id = register.indicator_id
            and cijfer.definitie_versie = register.definitie_versie
    left join doel
        on
            cijfer.indicator_id = doel.indicator_id
            -- A norm for a count is one for each institution: a region or the country has no target
            -- of it. Institutions stand beside it in spiegel_indicator.
            and register.soort_meting <> 'aantal'
    where
        cijfer.niveau in ('landelijk', 'zorgkantoorregio')
        and cijfer.uitsplitsing = 'TOTAAL'
        and cijfer.periode_type = 'jaar'
),

-- Without a base there is no path before the year of the target.
op_pad as (
    select
        {{ (van_cijfer + van_doel + plaats) | join(', ') }},
        cast(
            case
                when jaren_te_gaan = 0 then doelwaarde
                else
                    basiswaarde
                    + {{ verhouding(
                        '(doelwaarde - basiswaarde) * jaren_onderweg', 'doeljaar - basisjaar'
                    ) }}
            end as decimal(18, 6)
        ) as padwaarde
    from naast_doel
),

-- How far the value and both ends of its interval are on the good side; below nought is behind.
vergeleken as (
    select
        {{ (van_cijfer + van_doel + plaats) | join(', ') }},
        padwaarde,
        case when operator = '<=' then doelwaarde - waarde else waarde - doelwaarde end
            as voorsprong_op_doel,
        case when operator = '<=' then padwaarde - waarde else waarde - padwaarde end
            as voorsprong_op_pad,
        case when operator = '<=' then padwaarde - ci_laag else ci_hoog - padwaarde end
            as voorsprong_hoogstens,
        case when operator = '<=' then padwaarde - ci_hoog else ci_laag - padwaarde end
            as voorsprong_minstens
    from op_pad
)

select
    indicator_id,
    definitie_versie,
    norm_id,
    niveau,
    eenheid_id,
    periode,
    eenheid_naam,
    waarde,
    ci_laag,
    ci_hoog,
    n_personen,
    norm_status,
    operator,
    doelwaarde,
    make_date(doeljaar, 12, 31) as doeldatum,
    basiswaarde,
    make_date(basisjaar, 12, 31) as basisdatum,
    padwaarde,
    cast(voorsprong_op_doel as decimal(18, 6)) as afstand_tot_doel,
    {{ verhouding('waarde - basiswaarde', 'jaren_onderweg') }} as tempo_sinds_basis,
    case
        when voorsprong_op_doel >= 0 and jaren_te_gaan > 0 then cast(0 as decimal(18, 6))
        else {{ verhouding('doelwaarde - waarde', 'jaren_te_gaan') }}
    end as benodigd_tempo,
    case
        when doelwaarde is null then 'geen_doel'
        when waarde is null or not genoeg_mensen then 'te_weinig_gegevens'
        when voorsprong_op_pad >= 0 or voorsprong_op_doel >= 0 then 'op_koers'
        when voorsprong_hoogstens < 0 then 'achter'
        else 'te_weinig_gegevens'
    end as stand,
    coalesce(genoeg_mensen and (voorsprong_minstens >= 0 or voorsprong_hoogstens < 0), false)
        as is_zeker,
    status,
    akkoord,
    bouw_id
from vergeleken

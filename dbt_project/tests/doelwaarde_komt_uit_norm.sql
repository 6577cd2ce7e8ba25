-- A target always comes from a row of the list of norms of the same indicator, value and all; and
-- an indicator with a norm that has a value is held against one, a count at institutions alone.
{{ config(group='kern') }}
with met_norm as (
    select distinct indicator_id
    from {{ ref('ref_norm') }}
    where doelwaarde is not null
)

select
    cijfer.indicator_id,
    cijfer.periode,
    cijfer.norm_id,
    cijfer.doelwaarde
from {{ ref('spiegel_indicator') }} as cijfer
left join {{ ref('ref_norm') }} as norm
    on
        cijfer.norm_id = norm.norm_id
        and cijfer.indicator_id = norm.indicator_id
left join met_norm
    on cijfer.indicator_id = met_norm.indicator_id
inner join {{ ref('ref_indicator') }} as register
    on
        cijfer.indicator_id = register.indicator_id
        and cijfer.definitie_versie = register.definitie_versie
where
    cijfer.doelwaarde is distinct from cast(norm.doelwaarde as decimal(18, 6))
    or cijfer.norm_status is distinct from norm.status
    or (cijfer.norm_id is null) <> (
        met_norm.indicator_id is null
        or (register.soort_meting = 'aantal' and cijfer.niveau <> 'zorgaanbieder')
    )

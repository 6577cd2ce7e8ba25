-- A volume norm that stands in the list of norms too is the same there: from one place in the
-- documents, equal value, direction, year and hardness. Each row of the list of volumes that names
-- an intervention, or all of them, has a norm from the same lines.
with volume as (
    select
        volumenorm_id,
        cast(norm as decimal(18, 6)) as norm,
        operator,
        jaar,
        status,
        bron
    from {{ ref('ref_volumenorm') }}
),

norm as (
    select
        norm_id,
        cast(doelwaarde as decimal(18, 6)) as doelwaarde,
        operator,
        doeljaar,
        status,
        bron
    from {{ ref('ref_norm') }}
)

select
    volume.volumenorm_id,
    norm.norm_id,
    volume.norm,
    norm.doelwaarde
from volume
left join norm
    on volume.bron = norm.bron
where
    norm.norm_id is null
    or norm.doelwaarde is distinct from volume.norm
    or norm.operator is distinct from volume.operator
    or norm.doeljaar is distinct from volume.jaar
    or norm.status is distinct from volume.status

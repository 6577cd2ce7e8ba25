-- Care provider of an organisation or of the role of a professional, for records that name their
-- performer by reference. A provider that is not in the address book is no answer.
with organisatie as (
    select
        organisatie.bron_id,
        organisatie.resource_sleutel,
        max(aanbieder.zorgaanbieder_id) as zorgaanbieder_id
    from {{ ref('stg_fhir_organisatie') }} as organisatie
    inner join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on organisatie.zorgaanbieder_id = aanbieder.zorgaanbieder_id
    group by organisatie.bron_id, organisatie.resource_sleutel
),

rol as (
    select
        rol.bron_id,
        rol.resource_sleutel,
        max(coalesce(aanbieder.zorgaanbieder_id, organisatie.zorgaanbieder_id))
            as zorgaanbieder_id
    from {{ ref('stg_fhir_zorgverlener_rol') }} as rol
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on rol.zorgaanbieder_id = aanbieder.zorgaanbieder_id
    left join organisatie
        on
            rol.bron_id = organisatie.bron_id
            and rol.organisatie_sleutel = organisatie.resource_sleutel
    group by rol.bron_id, rol.resource_sleutel
)

select
    bron_id,
    resource_sleutel as uitvoerder_sleutel,
    zorgaanbieder_id
from organisatie
union all
select
    bron_id,
    resource_sleutel as uitvoerder_sleutel,
    zorgaanbieder_id
from rol
where zorgaanbieder_id is not null

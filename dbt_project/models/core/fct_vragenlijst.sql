-- Questionnaires that are used, with the score of those whose scoring question is known.
with ingreep as (
    select distinct
        vragenlijst,
        vraag_id
    from {{ ref('prom_ingreep') }}
),

antwoord as (
    select
        bron_id,
        resource_sleutel,
        vraag_id,
        max(waarde) as score
    from {{ ref('stg_fhir_vragenlijst_antwoord') }}
    where waarde is not null
    group by bron_id, resource_sleutel, vraag_id
)

select
    {{ sleutel(['lijst.bron_id', 'lijst.resource_sleutel']) }} as vragenlijst_id,
    lijst.bron_id,
    lijst.pseudo_id,
    lijst.zorgaanbieder_id,
    lijst.status,
    split_part(lijst.vragenlijst, '|', 1) as vragenlijst,
    lijst.ingevuld_door_patient,
    cast(antwoord.score as decimal(18, 4)) as score,
    lijst.geregistreerd_op as ingevuld_op,
    {{ lokale_datum('lijst.geregistreerd_op') }} as invuldatum,
    lijst.beschikbaar_op,
    lijst.bekend_op
from {{ ref('int_vragenlijst') }} as lijst
left join ingreep
    on split_part(lijst.vragenlijst, '|', 1) = ingreep.vragenlijst
left join antwoord
    on
        lijst.bron_id = antwoord.bron_id
        and lijst.resource_sleutel = antwoord.resource_sleutel
        and ingreep.vraag_id = antwoord.vraag_id
where lijst.reden_code is null

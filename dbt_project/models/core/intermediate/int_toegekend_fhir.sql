-- What insurers granted (FHIR) in eurocents: a row for every line of an ExplanationOfBenefit that
-- counts. One that has no amount on any line has its amount in one row without a line: the total
-- benefit, or else that over the whole, or else what was paid.
with bedrag as (
    select
        bron_id,
        resource_sleutel,
        plaats,
        regel_index,
        bedrag,
        max(case when plaats in ('regel', 'toegevoegd') then 1 else 0 end) over (
            partition by bron_id, resource_sleutel
        ) as per_regel
    from {{ ref('int_toekenning_bedrag_fhir') }}
    where soort = 'toegekend'
),

geheel as (
    select
        bron_id,
        resource_sleutel,
        max(per_regel) as per_regel,
        max(case when plaats = 'totaal' then bedrag end) as totaal,
        max(case when plaats = 'kop' then bedrag end) as kop
    from bedrag
    group by bron_id, resource_sleutel
),

los as (
    select
        toekenning.bron_id,
        toekenning.resource_sleutel,
        coalesce(geheel.totaal, geheel.kop, toekenning.betaald) as bedrag
    from {{ ref('int_toekenning_fhir') }} as toekenning
    left join geheel
        on
            toekenning.bron_id = geheel.bron_id
            and toekenning.resource_sleutel = geheel.resource_sleutel
    where toekenning.telt and coalesce(geheel.per_regel, 0) = 0
),

regel as (
    select
        regel.bron_id,
        regel.resource_sleutel,
        regel.toegevoegd,
        regel.regel_index,
        regel.regel_nr,
        regel.regel_volgnr,
        regel.begindatum,
        regel.einddatum,
        regel.prestatiecodelijst,
        regel.is_prestatiecodelijst,
        regel.sector,
        regel.prestatiecode,
        bedrag.bedrag
    from {{ ref('int_regel_fhir') }} as regel
    left join bedrag
        on
            regel.bron_id = bedrag.bron_id
            and regel.resource_sleutel = bedrag.resource_sleutel
            and regel.regel_index = bedrag.regel_index
            and case when regel.toegevoegd then 'toegevoegd' else 'regel' end = bedrag.plaats
    where regel.tabel = 'fhir_toekenning_regel'
    union all
    select
        bron_id,
        resource_sleutel,
        cast(null as boolean) as toegevoegd,
        cast(null as bigint) as regel_index,
        cast(null as bigint) as regel_nr,
        cast(null as bigint) as regel_volgnr,
        cast(null as date) as begindatum,
        cast(null as date) as einddatum,
        cast(null as varchar) as prestatiecodelijst,
        cast(null as boolean) as is_prestatiecodelijst,
        cast(null as varchar) as sector,
        cast(null as varchar) as prestatiecode,
        bedrag
    from los
    where bedrag is not null
)

select
    toekenning.zaak_sleutel,
    toekenning.bron_id,
    toekenning.levering_id,
    toekenning.bestand,
    toekenning.regel,
    toekenning.resource_sleutel,
    toekenning.bekend_op,
    toekenning.uzovi,
    regel.toegevoegd,
    regel.regel_index,
    regel.regel_nr,
    regel.regel_volgnr,
    regel.begindatum,
    regel.einddatum,
    regel.prestatiecodelijst,
    regel.is_prestatiecodelijst,
    regel.sector,
    regel.prestatiecode,
    {{ eurocent('regel.bedrag') }} as toegekend_cent
from {{ ref('int_toekenning_fhir') }} as toekenning
inner join regel
    on
        toekenning.bron_id = regel.bron_id
        and toekenning.resource_sleutel = regel.resource_sleutel
where toekenning.telt

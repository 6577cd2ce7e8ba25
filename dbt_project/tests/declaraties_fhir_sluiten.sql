-- Claims and ExplanationOfBenefits close: each is used or refused with a reason; each line of a
-- used Claim is one declared line; and what was granted on them is in the lines, to the cent.
{{ config(group='kern') }}
with koppen as (
    select
        'declaraties' as wat,
        (select count(*) from {{ ref('stg_fhir_declaratie') }}) as voor,
        (
            select count(*)
            from {{ ref('int_declaratie_fhir') }}
            where reden_code is not null
        ) + (
            select count(distinct zaak_sleutel)
            from {{ ref('int_declaratieregel_fhir') }}
            where tabel = 'fhir_declaratie_regel'
        ) as na
    union all
    select
        'toekenningen' as wat,
        (select count(*) from {{ ref('stg_fhir_toekenning') }}) as voor,
        (select count(*) from {{ ref('int_toekenning_fhir') }}) as na
),

regels as (
    select
        'regels' as wat,
        (
            select count(*)
            from {{ ref('int_regel_fhir') }} as regel
            inner join {{ ref('int_declaratie_fhir') }} as declaratie
                on
                    regel.bron_id = declaratie.bron_id
                    and regel.resource_sleutel = declaratie.resource_sleutel
            where regel.tabel = 'fhir_declaratie_regel' and declaratie.reden_code is null
        ) as voor,
        (
            select count(*)
            from {{ ref('int_prestatie_fhir') }}
            where tabel = 'fhir_declaratie_regel' and identificatie <> 'kop'
        ) as na
),

toegekend as (
    select
        'toegekend' as wat,
        (select coalesce(sum(toegekend_cent), 0) from {{ ref('int_toegekend_fhir') }}) as voor,
        (select coalesce(sum(toegekend_cent), 0) from {{ ref('int_prestatie_fhir') }}) as na
)

select
    wat,
    voor,
    na
from koppen
where voor <> na
union all
select
    wat,
    voor,
    na
from regels
where voor <> na
union all
select
    wat,
    voor,
    na
from toegekend
where voor <> na

-- Declared lines that came as FHIR with their money in eurocents: those of the Claim, or of the
-- ExplanationOfBenefit that stands for it. A declaration without lines is one line of its total.
-- What the total holds beyond the lines that have an amount is that of the first line without one.
{% set kop = [
    'bron_id',
    'levering_id',
    'bestand',
    'regel',
    'resource_sleutel',
    'zaak_sleutel',
    'nummer_sleutel',
    'pseudo_id',
    'zorgaanbieder_id',
    'uzovi',
    'bekend_op',
    'vervangen_op'
] %}
with gedeclareerd as (
    select
        bron_id,
        resource_sleutel,
        regel_index,
        max(case when plaats = 'regel' then bedrag end) as bedrag,
        max(case when plaats = 'totaal' then bedrag end) as totaal
    from {{ ref('int_toekenning_bedrag_fhir') }}
    where soort = 'gedeclareerd'
    group by bron_id, resource_sleutel, regel_index
),

zaak as (
    select
        'fhir_declaratie_regel' as tabel,
        begindatum,
        einddatum,
        totaal,
        {{ kop | join(',\n        ') }}
    from {{ ref('int_declaratie_fhir') }}
    where reden_code is null
    union all
    select
        'fhir_toekenning_regel' as tabel,
        toekenning.begindatum,
        toekenning.einddatum,
        gedeclareerd.totaal,
        toekenning.{{ kop | join(',\n        toekenning.') }}
    from {{ ref('int_toekenning_fhir') }} as toekenning
    left join gedeclareerd
        on
            toekenning.bron_id = gedeclareerd.bron_id
            and toekenning.resource_sleutel = gedeclareerd.resource_sleutel
            and gedeclareerd.regel_index is null
    where toekenning.is_leidend
),

regel as (
    select
        zaak.tabel,
        {% for kolom in kop -%}
            zaak.{{ kolom }},
        {% endfor %}
        zaak.totaal,
        regel.regel_index,
        regel.regel_nr,
        regel.regel_volgnr,
        regel.diagnose_nr,
        coalesce(regel.begindatum, zaak.begindatum) as begindatum,
        coalesce(regel.einddatum, regel.begindatum, zaak.einddatum) as einddatum,
        regel.aantal,
        regel.prestatiecodelijst,
        regel.is_prestatiecodelijst,
        regel.sector,
        regel.prestatiecode,
        coalesce(regel.bedrag, cast(gedeclareerd.bedrag as decimal(24, 8))) as bedrag
    from zaak
    left join {{ ref('int_regel_fhir') }} as regel
        on
            zaak.tabel = regel.tabel
            and zaak.bron_id = regel.bron_id
            and zaak.resource_sleutel = regel.resource_sleutel
            and not regel.toegevoegd
    left join gedeclareerd
        on
            zaak.tabel = 'fhir_toekenning_regel'
            and regel.bron_id = gedeclareerd.bron_id
            and regel.resource_sleutel = gedeclareerd.resource_sleutel
            and regel.regel_index = gedeclareerd.regel_index
),

geteld as (
    select
        tabel,
        {{ kop | join(',\n        ') }},
        regel_index,
        regel_nr,
        regel_volgnr,
        diagnose_nr,
        begindatum,
        einddatum,
        aantal,
        prestatiecodelijst,
        is_prestatiecodelijst,
        sector,
        prestatiecode,
        bedrag,
        totaal - coalesce(sum(bedrag) over zaak, 0) as rest,
        {{ eurocent('totaal') }} = sum({{ eurocent('bedrag') }}) over zaak as is_som,
        count(bedrag) over zaak = count(*) over zaak as is_compleet,
        row_number() over (
            partition by zaak_sleutel, bedrag is null
            order by regel_index asc nulls last
        ) as volgnr
    from regel
    window zaak as (partition by zaak_sleutel)
)

select
    tabel,
    {{ kop | join(',\n    ') }},
    coalesce(cast(regel_index as varchar), 'kop') as identificatie,
    regel_nr,
    regel_volgnr,
    diagnose_nr,
    begindatum,
    einddatum,
    aantal,
    prestatiecodelijst,
    is_prestatiecodelijst,
    sector,
    prestatiecode,
    case
        when bedrag is not null then {{ eurocent('bedrag') }}
        when volgnr = 1 then greatest({{ eurocent('rest') }}, 0)
        when rest is not null then 0
    end as bedrag_cent,
    case
        when not is_som and rest < cast(-0.005 as decimal(4, 3)) then 'FHIR-TOTAAL'
        when not is_som and is_compleet and rest > cast(0.005 as decimal(4, 3)) then 'FHIR-TOTAAL'
        when bedrag is null and rest is null then 'FHIR-BEDRAG-ONTBREEKT'
    end as reden_code
from geteld

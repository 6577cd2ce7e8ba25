-- Lines of Claims and ExplanationOfBenefits (FHIR), one row a line. Of several codings that of a
-- prestatiecodelijst counts, or else the first by system and code. The amount is the net amount,
-- or else price times number times factor, exact.
{% set kolommen = [
    'bron_id',
    'resource_sleutel',
    'regel_index',
    'regel_nr',
    'diagnose_nr',
    'begin_op',
    'eind_op',
    'aantal',
    'prijs',
    'factor',
    'bedrag',
    'code_stelsel',
    'code'
] %}
with bron as (
    select
        'fhir_declaratie_regel' as tabel,
        false as toegevoegd,
        {{ kolommen | join(',\n        ') }}
    from {{ ref('stg_fhir_declaratie_regel') }}
    union all
    select
        'fhir_toekenning_regel' as tabel,
        toegevoegd,
        {{ kolommen | join(',\n        ') }}
    from {{ ref('stg_fhir_toekenning_regel') }}
),

gecodeerd as (
    select
        bron.tabel,
        bron.toegevoegd,
        {% for kolom in kolommen -%}
            bron.{{ kolom }},
        {% endfor %}
        coalesce(lijst.prestatiecodelijst, {{ codestelsel_vorm('bron.code_stelsel') }})
            as prestatiecodelijst,
        lijst.sector,
        lijst.prestatiecodelijst is not null as is_prestatiecodelijst,
        row_number() over (
            partition by
                bron.tabel,
                bron.bron_id,
                bron.resource_sleutel,
                bron.toegevoegd,
                bron.regel_index
            order by
                case when lijst.prestatiecodelijst is null then 1 else 0 end asc,
                bron.code_stelsel asc nulls last,
                bron.code asc nulls last
        ) as codering_nr
    from bron
    left join {{ ref('prestatiecodelijst_stelsel') }} as lijst
        on {{ codestelsel_vorm('bron.code_stelsel') }} = lijst.stelsel
)

select
    tabel,
    bron_id,
    resource_sleutel,
    toegevoegd,
    regel_index,
    regel_nr,
    row_number() over (
        partition by tabel, bron_id, resource_sleutel, toegevoegd, regel_nr
        order by regel_index asc
    ) as regel_volgnr,
    diagnose_nr,
    {{ lokale_datum('begin_op') }} as begindatum,
    {{ lokale_datum('eind_op') }} as einddatum,
    aantal,
    prestatiecodelijst,
    is_prestatiecodelijst,
    sector,
    code as prestatiecode,
    coalesce(
        cast(bedrag as decimal(24, 8)),
        try_cast(
            try_cast(prijs * coalesce(aantal, 1) as decimal(24, 8))
            * cast(coalesce(factor, 1) as decimal(12, 4)) as decimal(24, 8)
        )
    ) as bedrag
from gecodeerd
where codering_nr = 1

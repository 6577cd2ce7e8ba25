-- Declared lines that came as FHIR with what was granted on them, and the lines that only the
-- insurer has; those stand by themselves, with nothing declared.
with zaak as (
    select
        zaak_sleutel,
        max(bekend_op) as bekend_op,
        max(begindatum) as begindatum,
        max(einddatum) as einddatum,
        max(case when reden_code = 'FHIR-TOTAAL' then reden_code end) as reden_code
    from {{ ref('int_declaratieregel_fhir') }}
    group by zaak_sleutel
),

gedeclareerd as (
    select
        declaratie.bron_id,
        declaratie.levering_id,
        declaratie.bestand,
        declaratie.regel,
        declaratie.tabel,
        declaratie.resource_sleutel,
        declaratie.zaak_sleutel,
        declaratie.identificatie,
        declaratie.bekend_op,
        declaratie.reden_code,
        declaratie.diagnose_nr,
        declaratie.begindatum,
        declaratie.einddatum,
        declaratie.prestatiecodelijst,
        declaratie.is_prestatiecodelijst,
        declaratie.sector,
        declaratie.prestatiecode,
        cast(coalesce(declaratie.aantal, 1) as decimal(18, 4)) as aantal,
        declaratie.bedrag_cent,
        toegekend.toegekend_cent,
        toegekend.toegekend_op
    from {{ ref('int_declaratieregel_fhir') }} as declaratie
    left join {{ ref('int_toegekende_regel_fhir') }} as toegekend
        on
            declaratie.tabel = toegekend.tabel
            and declaratie.resource_sleutel = toegekend.resource_sleutel
            and declaratie.identificatie = toegekend.identificatie
),

toegevoegd as (
    select
        toegekend.bron_id,
        toegekend.levering_id,
        toegekend.bestand,
        toegekend.regel,
        'fhir_toekenning_regel' as tabel,
        toegekend.resource_sleutel,
        toegekend.zaak_sleutel,
        case when toegekend.toegevoegd then 'toegevoegd-' else 'extra-' end
        || cast(toegekend.regel_index as varchar) as identificatie,
        greatest(zaak.bekend_op, toegekend.bekend_op) as bekend_op,
        zaak.reden_code,
        cast(null as bigint) as diagnose_nr,
        coalesce(toegekend.begindatum, zaak.begindatum) as begindatum,
        coalesce(toegekend.einddatum, toegekend.begindatum, zaak.einddatum) as einddatum,
        toegekend.prestatiecodelijst,
        toegekend.is_prestatiecodelijst,
        toegekend.sector,
        toegekend.prestatiecode,
        cast(0 as decimal(18, 4)) as aantal,
        cast(0 as bigint) as bedrag_cent,
        toegekend.toegekend_cent,
        toegekend.bekend_op as toegekend_op
    from {{ ref('int_toegekend_fhir') }} as toegekend
    inner join zaak on toegekend.zaak_sleutel = zaak.zaak_sleutel
    left join {{ ref('int_declaratieregel_fhir') }} as declaratie
        on
            not toegekend.toegevoegd
            and toegekend.zaak_sleutel = declaratie.zaak_sleutel
            and toegekend.regel_nr = declaratie.regel_nr
            and toegekend.regel_volgnr = declaratie.regel_volgnr
    where
        toegekend.regel_index is not null
        and toegekend.toegekend_cent is not null
        and declaratie.zaak_sleutel is null
)

{% for deel in ['gedeclareerd', 'toegevoegd'] %}
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        tabel,
        resource_sleutel,
        zaak_sleutel,
        identificatie,
        bekend_op,
        reden_code,
        diagnose_nr,
        begindatum,
        einddatum,
        prestatiecodelijst,
        is_prestatiecodelijst,
        sector,
        prestatiecode,
        aantal,
        bedrag_cent,
        toegekend_cent,
        toegekend_op
    from {{ deel }}
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}

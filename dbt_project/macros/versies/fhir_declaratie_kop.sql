{#
    CTEs that leave, in `kop`, the headers of Claims or ExplanationOfBenefits with person, care
    provider and insurer resolved. A reference that leads nowhere gives null; the build judges that.
    Known is a header from the day it was made; withdrawn from the day its withdrawn version came.
#}
{% macro fhir_declaratie_kop(staging, kolommen) -%}
organisatie as (
    select
        bron_id,
        resource_sleutel,
        max(uzovi) as uzovi
    from {{ ref('stg_fhir_organisatie') }}
    group by bron_id, resource_sleutel
),

dekking as (
    select
        betaler.bron_id,
        betaler.resource_sleutel,
        max(coalesce(betaler.uzovi, organisatie.uzovi)) as uzovi
    from {{ ref('stg_fhir_betaler') }} as betaler
    left join organisatie
        on
            betaler.bron_id = organisatie.bron_id
            and betaler.betaler_sleutel = organisatie.resource_sleutel
    group by betaler.bron_id, betaler.resource_sleutel
),

kop as (
    select
        kop.bron_id,
        kop.levering_id,
        kop.bestand,
        kop.regel,
        kop.resource_sleutel,
        kop.beschikbaar_op,
        kop.status,
        kop.gebruik,
        kop.nummer_sleutel,
        {{ lokale_datum('kop.begin_op') }} as begindatum,
        {{ lokale_datum('kop.eind_op') }} as einddatum,
        coalesce(
            {{ lokale_datum('coalesce(kop.geregistreerd_op, kop.eerst_beschikbaar_op)') }},
            {{ lokale_datum('coalesce(kop.eind_op, kop.begin_op)') }},
            cast('1900-01-01' as date)
        ) as bekend_op,
        coalesce(persoon.pseudo_id, kop.patient_pseudo_id) as pseudo_id,
        coalesce(kop.zorgaanbieder_id, uitvoerder.zorgaanbieder_id) as zorgaanbieder_id,
        coalesce(kop.uzovi, organisatie.uzovi, dekking.uzovi) as uzovi,
        {% for kolom in kolommen -%}
        kop.{{ kolom }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref(staging) }} as kop
    left join {{ ref('int_persoon_sleutel') }} as persoon
        on
            kop.bron_id = persoon.bron_id
            and kop.patient_sleutel = persoon.patient_sleutel
    left join {{ ref('int_uitvoerder') }} as uitvoerder
        on
            kop.bron_id = uitvoerder.bron_id
            and kop.aanbieder_sleutel = uitvoerder.uitvoerder_sleutel
    left join organisatie
        on
            kop.bron_id = organisatie.bron_id
            and kop.verzekeraar_sleutel = organisatie.resource_sleutel
    left join dekking
        on
            kop.bron_id = dekking.bron_id
            and kop.dekking_sleutel = dekking.resource_sleutel
)
{%- endmacro %}

{#
    Resources of a staging table with the person, the care provider and the reason why one cannot be
    used; null means accepted. The provider is the one the resource names, else that of its
    performer, else that of its contact.

    `kolommen` are further columns of the table; `heeft` says which of contact (c), AGB code (a)
    and performer (u) it has; `nummer` are the columns that order the rows of one resource.
#}
{% macro fhir_met_persoon(naam, kolommen, heeft='', nummer=[]) -%}
select
    bron.bron_id,
    bron.levering_id,
    bron.bestand,
    bron.regel,
    bron.resource_sleutel,
    coalesce(persoon.pseudo_id, bron.patient_pseudo_id) as pseudo_id,
    {% set aanbieders = [] -%}
    {% if 'a' in heeft %}{% do aanbieders.append('bron.zorgaanbieder_id') %}{% endif -%}
    {% if 'u' in heeft %}{% do aanbieders.append('uitvoerder.zorgaanbieder_id') %}{% endif -%}
    {% if 'c' in heeft %}{% do aanbieders.append('contact.zorgaanbieder_id') %}{% endif -%}
    {% if aanbieders | length > 1 -%}
    coalesce({{ aanbieders | join(', ') }}) as zorgaanbieder_id,
    {% else -%}
    {{ aanbieders[0] if aanbieders else 'cast(null as varchar)' }} as zorgaanbieder_id,
    {% endif -%}
    bron.status,
    {% for kolom in kolommen -%}
    bron.{{ kolom }},
    {% endfor -%}
    bron.geregistreerd_op,
    bron.eerst_beschikbaar_op as beschikbaar_op,
    {{ lokale_datum('bron.beschikbaar_op') }} as bekend_op,
    {% if nummer -%}
    row_number() over (
        partition by bron.bron_id, bron.resource_sleutel
        order by bron.{{ nummer | join(', bron.') }}
    ) as codering_nr,
    {% endif -%}
    case
        when coalesce(persoon.pseudo_id, bron.patient_pseudo_id) is null
            then 'FHIR-PATIENT-ONBEKEND'
        {% if 'a' in heeft -%}
        when bron.zorgaanbieder_id is not null and aanbieder.zorgaanbieder_id is null
            then 'ZORGAANBIEDER-ONBEKEND'
        {% endif -%}
    end as reden_code
from {{ ref('stg_fhir_' ~ naam) }} as bron
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        bron.bron_id = persoon.bron_id
        and bron.patient_sleutel = persoon.patient_sleutel
{% if 'c' in heeft -%}
left join {{ ref('int_contact_aanbieder') }} as contact
    on
        bron.bron_id = contact.bron_id
        and bron.contact_sleutel = contact.contact_sleutel
{% endif -%}
{% if 'u' in heeft -%}
left join {{ ref('int_uitvoerder') }} as uitvoerder
    on
        bron.bron_id = uitvoerder.bron_id
        and bron.uitvoerder_sleutel = uitvoerder.uitvoerder_sleutel
{% endif -%}
{% if 'a' in heeft -%}
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on bron.zorgaanbieder_id = aanbieder.zorgaanbieder_id
{% endif -%}
{%- endmacro %}

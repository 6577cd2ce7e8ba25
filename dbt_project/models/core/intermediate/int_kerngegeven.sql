-- Every kerngegeven that counts, one row a coding: whose it is, who recorded it, and its clocks.
-- Where there is a fact the rows are those the fact accepts. A record entered in error is none. A
-- preliminary report is one: who needs it can read it. A report that was asked for or called off is
-- not, and of results only final, amended and corrected ones are.
{{ config(materialized='view') }}
{% set er_is_een_verslag
    = "coalesce(status, '') not in ('registered', 'cancelled', 'entered-in-error')" %}
{% set niet_fout = "coalesce(status, '') <> 'entered-in-error'" %}
{% set leeg = 'cast(null as varchar)' %}
{# table with a fact: category, when it counts, moment of registration #}
{% set feiten = {
    'diagnose': ['null', "coalesce(verificatie_status, '') <> 'entered-in-error'", true],
    'meting': ['categorie', 'telt_mee and not is_onderdeel', true],
    'medicatie': ['null', niet_fout, true],
    'verrichting': ['null', niet_fout, false],
    'contact': ['null', niet_fout, false]
} %}
{# other table: category, when it counts, and which of contact, agb and uitvoerder it has #}
{% set overige = {
    'allergie': ['null', "coalesce(verificatie_status, '') <> 'entered-in-error'", 'c'],
    'vaccinatie': ['null', niet_fout, 'ca'],
    'verstrekking': ['null', niet_fout, 'ca'],
    'medicatiegebruik': ['null', niet_fout, 'c'],
    'alert': ['null', niet_fout, 'c'],
    'behandelaanwijzing': ['null', niet_fout, ''],
    'hulpmiddel_gebruik': ['null', niet_fout, ''],
    'voedingsadvies': ['null', niet_fout, 'c'],
    'zorgteam': ['null', niet_fout, 'c'],
    'verslag': ['categorie_code', er_is_een_verslag, 'cau'],
    'verslag_samenstelling': ['null', er_is_een_verslag, 'cau'],
    'document': ['null', niet_fout, 'cau'],
    'beeldonderzoek': ['null', niet_fout, 'cu'],
    'beeld': ['null', niet_fout, 'cu'],
    'zorgplan': ['null', niet_fout, 'cau'],
    'behandeldoel': ['null', niet_fout, ''],
    'vragenlijst': ['null', "status in ('completed', 'amended')", 'cau']
} %}

with overig as (
    {% for naam, (categorie, telt, heeft) in overige.items() %}
        select distinct
            'fhir_{{ naam }}' as tabel,
            bron_id,
            resource_sleutel,
            patient_sleutel,
            patient_pseudo_id,
            {{ 'contact_sleutel' if 'c' in heeft else leeg }} as contact_sleutel,
            {{ 'zorgaanbieder_id' if 'a' in heeft else leeg }} as zorgaanbieder_id,
            {{ 'uitvoerder_sleutel' if 'u' in heeft else leeg }} as uitvoerder_sleutel,
            cast({{ categorie }} as varchar) as categorie,
            geregistreerd_op,
            eerst_beschikbaar_op as beschikbaar_op
        from {{ ref('stg_fhir_' ~ naam) }}
        where {{ telt }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

{% for naam, (categorie, telt, heeft_moment) in feiten.items() %}
    select
        'fhir_{{ naam }}' as tabel,
        bron_id,
        resource_sleutel,
        pseudo_id,
        zorgaanbieder_id,
        cast({{ categorie }} as varchar) as categorie,
        {{ 'code_stelsel' if naam != 'contact' else leeg }} as code_stelsel,
        {{ 'code' if naam != 'contact' else leeg }} as code,
        {{ 'geregistreerd_op' if heeft_moment else 'cast(null as timestamp)' }} as geregistreerd_op,
        beschikbaar_op
    from {{ ref('int_' ~ naam) }}
    where reden_code is null and {{ telt }}
    union all
{% endfor %}
select
    overig.tabel,
    overig.bron_id,
    overig.resource_sleutel,
    coalesce(persoon.pseudo_id, overig.patient_pseudo_id) as pseudo_id,
    coalesce(aanbieder.zorgaanbieder_id, uitvoerder.zorgaanbieder_id, contact.zorgaanbieder_id)
        as zorgaanbieder_id,
    overig.categorie,
    cast(null as varchar) as code_stelsel,
    cast(null as varchar) as code,
    overig.geregistreerd_op,
    overig.beschikbaar_op
from overig
left join {{ ref('int_persoon_sleutel') }} as persoon
    on
        overig.bron_id = persoon.bron_id
        and overig.patient_sleutel = persoon.patient_sleutel
left join {{ ref('dim_zorgaanbieder') }} as aanbieder
    on overig.zorgaanbieder_id = aanbieder.zorgaanbieder_id
left join {{ ref('int_uitvoerder') }} as uitvoerder
    on
        overig.bron_id = uitvoerder.bron_id
        and overig.uitvoerder_sleutel = uitvoerder.uitvoerder_sleutel
left join {{ ref('int_contact_aanbieder') }} as contact
    on
        overig.bron_id = contact.bron_id
        and overig.contact_sleutel = contact.contact_sleutel
where coalesce(persoon.pseudo_id, overig.patient_pseudo_id) is not null

{# What hangs under a prestatie of a declaration. It shares the fate of the prestatie: refused with
   it, credited with it. Lines of one message can share their key: volgnr tells them apart.

   tabel: staging table; volgorde: its columns that put equal keys in order; kolommen: what is kept
   beside the keys, as expressions of `deel` (the line) and `prestatie`. #}
{% macro decl_onder_prestatie(tabel, volgorde, kolommen) -%}
-- Most prestaties have nothing under them: those are not held beside what looks for its prestatie.
with prestatie as (
    select
        bericht_sleutel,
        identificatie,
        referentie_sleutel,
        pseudo_id,
        zorgaanbieder_id,
        specialisme,
        diagnosecode,
        bekend_op,
        telt_mee,
        reden_code
    from {{ ref('int_prestatie') }}
    where
        reden_code is distinct from 'EI-IDENTIFICATIE-DUBBEL'
        and {{ inhoud_getal(['bericht_sleutel', 'identificatie']) }} in (
            select {{ inhoud_getal(['deel.bericht_sleutel', 'deel.prestatie_identificatie']) }}
            from {{ ref(tabel) }} as deel
        )
)

select
    deel.bron_id,
    deel.levering_id,
    deel.bestand,
    deel.regel,
    deel.bericht_sleutel,
    deel.identificatie,
    row_number() over (
        partition by deel.bericht_sleutel, deel.identificatie
        order by
            {% for kolom in volgorde -%}
                deel.{{ kolom }} asc{{ ',' if not loop.last }}
            {% endfor -%}
    ) as volgnr,
    prestatie.referentie_sleutel,
    prestatie.pseudo_id,
    coalesce(prestatie.zorgaanbieder_id, bericht.declarant_id) as zorgaanbieder_id,
    {{ kolommen | join(',\n    ') }},
    coalesce(prestatie.telt_mee, false) as telt_mee,
    case
        when prestatie.reden_code = 'EI-BERICHT-VERVANGEN' then 'EI-BERICHT-VERVANGEN'
        when prestatie.bericht_sleutel is null or prestatie.reden_code is not null
            then 'EI-BOVENLIGGEND'
    end as reden_code
from {{ ref(tabel) }} as deel
left join {{ ref('int_bericht') }} as bericht
    on deel.bericht_sleutel = bericht.bericht_sleutel
left join prestatie
    on
        deel.bericht_sleutel = prestatie.bericht_sleutel
        and deel.prestatie_identificatie = prestatie.identificatie
{%- endmacro %}

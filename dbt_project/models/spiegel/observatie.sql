-- Observations of all definitions in the register, with what is known of the person at that moment.
-- Age is that at the end of the year, from the year of birth. Whom an observation counts for is
-- decided in the layout of the end of its year, and of its quarter (docs/decisions/0027): under the
-- successor of a care provider, in the gemeente and region of then, with the concern of then.
{% set perioden = ['jaar', 'kwartaal'] %}
{% if execute and not var('indicatoren') %}
    {% do exceptions.raise_compiler_error('No indicators: start dbt with iza dbt.') %}
{% endif %}

with waarneming as (
    {% for definitie in var('indicatoren') %}
        select
            '{{ definitie }}' as definitie_id,
            zorgaanbieder_id,
            pseudo_id,
            peildatum,
            diagnosegroep,
            teller,
            noemer
        from {{ ref('ind_' ~ definitie) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

met_leeftijd as (
    select
        waarneming.definitie_id,
        waarneming.zorgaanbieder_id,
        waarneming.pseudo_id,
        waarneming.peildatum,
        make_date(cast(extract(year from waarneming.peildatum) as integer), 12, 31) as jaar_eind,
        last_day(
            make_date(
                cast(extract(year from waarneming.peildatum) as integer),
                cast(3 * extract(quarter from waarneming.peildatum) as integer),
                1
            )
        ) as kwartaal_eind,
        waarneming.diagnosegroep,
        waarneming.teller,
        waarneming.noemer,
        extract(year from waarneming.peildatum) - persoon.geboortejaar as leeftijd,
        persoon.geslacht,
        persoon.welvaart_kwintiel,
        persoon.pc4,
        persoon.uzovi
    from waarneming
    inner join {{ ref('dim_persoon') }} as persoon
        on waarneming.pseudo_id = persoon.pseudo_id
)

select
    met_leeftijd.definitie_id,
    met_leeftijd.zorgaanbieder_id,
    met_leeftijd.pseudo_id,
    met_leeftijd.peildatum,
    cast(extract(year from met_leeftijd.peildatum) as varchar) as jaar,
    cast(extract(year from met_leeftijd.peildatum) as varchar)
    || 'Q' || cast(extract(quarter from met_leeftijd.peildatum) as varchar) as kwartaal,
    met_leeftijd.diagnosegroep,
    coalesce(klasse.leeftijdsklasse, 'onbekend') as leeftijdsklasse,
    met_leeftijd.geslacht,
    met_leeftijd.welvaart_kwintiel,
    {% for periode in perioden -%}
        coalesce({{ periode }}_aanbieder.eenheid_id, met_leeftijd.zorgaanbieder_id)
            as {{ periode }}_zorgaanbieder_id,
        coalesce({{ periode }}_gebied.zorgkantoorregio_code, 'ONBEKEND')
            as {{ periode }}_zorgkantoorregio_code,
        coalesce({{ periode }}_gebied.gemeente_code, 'ONBEKEND') as {{ periode }}_gemeente_code,
        coalesce({{ periode }}_label.concern_id, 'ONBEKEND') as {{ periode }}_verzekeraar_id,
    {% endfor -%}
    met_leeftijd.teller,
    met_leeftijd.noemer
from met_leeftijd
left join {{ ref('leeftijdsklasse') }} as klasse
    on met_leeftijd.leeftijd between klasse.van and klasse.tot
{% for periode in perioden %}
    left join {{ ref('int_aanbieder_opvolging') }} as {{ periode }}_aanbieder
        on
            met_leeftijd.zorgaanbieder_id = {{ periode }}_aanbieder.zorgaanbieder_id
            and {{ geldig_op(periode ~ '_aanbieder', 'met_leeftijd.' ~ periode ~ '_eind') }}
    left join {{ ref('int_postcode_indeling') }} as {{ periode }}_gebied
        on
            met_leeftijd.pc4 = {{ periode }}_gebied.pc4
            and {{ geldig_op(periode ~ '_gebied', 'met_leeftijd.' ~ periode ~ '_eind') }}
    left join {{ ref('int_verzekeraar') }} as {{ periode }}_label
        on
            met_leeftijd.uzovi = {{ periode }}_label.uzovi
            and {{ geldig_op(periode ~ '_label', 'met_leeftijd.' ~ periode ~ '_eind') }}
{% endfor %}

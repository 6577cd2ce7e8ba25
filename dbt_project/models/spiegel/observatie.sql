-- Observations of all indicators in the register, with what is known of the person at that moment.
-- Age is that at the end of the year, from the year of birth.
{% if execute and not var('indicatoren') %}
    {% do exceptions.raise_compiler_error('No indicators: start dbt with iza dbt.') %}
{% endif %}

with waarneming as (
    {% for indicator in var('indicatoren') %}
        select
            indicator_id,
            zorgaanbieder_id,
            pseudo_id,
            peildatum,
            diagnosegroep,
            teller,
            noemer
        from {{ ref('ind_' ~ indicator) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

met_leeftijd as (
    select
        waarneming.indicator_id,
        waarneming.zorgaanbieder_id,
        waarneming.pseudo_id,
        waarneming.peildatum,
        waarneming.diagnosegroep,
        waarneming.teller,
        waarneming.noemer,
        extract(year from waarneming.peildatum) - persoon.geboortejaar as leeftijd,
        persoon.geslacht,
        persoon.welvaart_kwintiel,
        persoon.zorgkantoorregio_code,
        persoon.gemeente_code,
        persoon.verzekeraar_id
    from waarneming
    inner join {{ ref('dim_persoon') }} as persoon
        on waarneming.pseudo_id = persoon.pseudo_id
)

select
    met_leeftijd.indicator_id,
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
    met_leeftijd.zorgkantoorregio_code,
    met_leeftijd.gemeente_code,
    met_leeftijd.verzekeraar_id,
    met_leeftijd.teller,
    met_leeftijd.noemer
from met_leeftijd
left join {{ ref('leeftijdsklasse') }} as klasse
    on met_leeftijd.leeftijd between klasse.van and klasse.tot

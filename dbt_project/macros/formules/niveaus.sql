{# CTE body: the levels at which people are counted by where they live or are insured. #}
{% macro niveaus_van_personen() -%}
    select 'landelijk' as niveau
    union all
    select 'zorgkantoorregio' as niveau
    union all
    select 'gemeente' as niveau
    union all
    select 'verzekeraar' as niveau
{%- endmacro %}

{# Unit of a row with a place of residence, an insurer and a care provider, at a level. #}
{% macro eenheid_van_niveau(niveau, rij) -%}
    case {{ niveau }}
        when 'landelijk' then 'NL'
        when 'zorgkantoorregio' then {{ rij }}.zorgkantoorregio_code
        when 'gemeente' then {{ rij }}.gemeente_code
        when 'verzekeraar' then {{ rij }}.verzekeraar_id
        when 'zorgaanbieder' then {{ rij }}.zorgaanbieder_id
    end
{%- endmacro %}

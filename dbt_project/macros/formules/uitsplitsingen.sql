{# CTE body that says which breakdowns are made of which basis. #}
{% macro uitsplitsingen() -%}
    select 'TOTAAL' as uitsplitsing, 'TOTAAL' as basis
    union all
    select 'leeftijdsklasse' as uitsplitsing, 'TOTAAL' as basis
    union all
    select 'geslacht' as uitsplitsing, 'TOTAAL' as basis
    union all
    select 'welvaart_kwintiel' as uitsplitsing, 'TOTAAL' as basis
    union all
    select 'diagnosegroep' as uitsplitsing, 'diagnosegroep' as basis
{%- endmacro %}

{# Value of a breakdown for a row with stratum and basis. #}
{% macro uitsplitsing_waarde(uitsplitsing, rij) -%}
    case {{ uitsplitsing }}
        when 'leeftijdsklasse' then {{ rij }}.leeftijdsklasse
        when 'geslacht' then {{ rij }}.geslacht
        when 'welvaart_kwintiel' then {{ rij }}.welvaart_kwintiel
        else {{ rij }}.basis_waarde
    end
{%- endmacro %}

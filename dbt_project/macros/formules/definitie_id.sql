{# Key of a definition: the name of its model without ind_. marts.dbt_run makes the same in Python. #}
{% macro definitie_id(indicator_id, definitie_versie) -%}
    case
        when {{ definitie_versie }} = '1' then {{ indicator_id }}
        else {{ indicator_id }} || '_v' || {{ definitie_versie }}
    end
{%- endmacro %}

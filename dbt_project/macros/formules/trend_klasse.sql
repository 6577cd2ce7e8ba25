{# Class of a change with its interval: nothing is said of a change whose interval holds zero. #}
{% macro trend_klasse(laag, hoog, richting) -%}
    case
        when {{ laag }} is null then null
        when {{ laag }} <= 0 and {{ hoog }} >= 0 then 'gelijk'
        when {{ richting }} = 'neutraal'
            then case when {{ laag }} > 0 then 'gestegen' else 'gedaald' end
        when ({{ laag }} > 0) = ({{ richting }} = 'hoger_is_beter') then 'verbeterd'
        else 'verslechterd'
    end
{%- endmacro %}

{# Value of a measure: the count itself for a count, else teller over noemer. #}
{% macro waarde(teller='teller', noemer='noemer', soort='soort_meting') -%}
    case
        when {{ soort }} = 'aantal' then cast({{ teller }} as decimal(18, 6))
        else {{ verhouding(teller, noemer) }}
    end
{%- endmacro %}

{# Weeks of a wait in days, rounded up: 28 days are 4 weeks, 29 days are 5. #}
{% macro weken_naar_boven(dagen) -%}
    cast(ceil({{ dagen }} / nullif(7.0, 0)) as integer)
{%- endmacro %}

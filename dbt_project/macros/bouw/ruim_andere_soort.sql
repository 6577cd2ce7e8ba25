{# Drop what an earlier version of the project made under this name when it is no table, or no view. #}
{% macro ruim_andere_soort(relatie, soort) -%}
    {%- set eerder = load_cached_relation(relatie) -%}
    {%- if eerder is not none and eerder.type != soort -%}
        {%- do adapter.drop_relation(eerder) -%}
    {%- endif -%}
{%- endmacro %}

{# Whether a value is an element of a list written with semicolons, such as 'jaar;kwartaal'. #}
{% macro staat_in(waarde, lijst) -%}
    ';' || {{ lijst }} || ';' like '%;' || {{ waarde }} || ';%'
{%- endmacro %}

{# A condition that leaves few rows of a relation: all those whose key occurs in more than one row, and
   the odd one that shares a number with such a key. What is counted are numbers and not keys, which
   takes an eighth of the memory; who uses it looks at the keys themselves. #}
{% macro vaker_dan_eens(relatie, sleutel) -%}
    {{ inhoud_getal(sleutel) }} in ({{ nummers_vaker(relatie, sleutel) }})
{%- endmacro %}

{# The numbers of keys of a relation that occur in more than one row. #}
{% macro nummers_vaker(relatie, sleutel) -%}
        select genummerd.nummer
        from (select {{ inhoud_getal(sleutel) }} as nummer from {{ relatie }} as alle) as genummerd
        group by genummerd.nummer
        having count(*) > 1
{%- endmacro %}

{# Number of a coding within its resource: counting rows with number 1 counts resources. #}
{% macro codering_nr(relatie) -%}
    row_number() over (
        partition by {{ relatie }}.bron_id, {{ relatie }}.resource_sleutel
        order by {{ relatie }}.code_stelsel asc nulls last, {{ relatie }}.code asc nulls last
    )
{%- endmacro %}

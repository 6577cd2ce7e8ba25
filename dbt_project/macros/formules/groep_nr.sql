{# Number of a group of comparable figures: a series and a breakdown (int_spiegel_uitsplitsing). #}
{% macro groep_nr(reeks_nr, uitsplitsing_nr) -%}
    1000 * cast({{ reeks_nr }} as bigint) + {{ uitsplitsing_nr }}
{%- endmacro %}

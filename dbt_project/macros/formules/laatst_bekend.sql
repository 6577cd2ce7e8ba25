{#
    Of a group, the value that was known last; of two of one day the greatest, and what has no day comes
    before what has. The day is put before the value as text, so that nothing has to be ranked.
#}
{% macro laatst_bekend(waarde, bekend_op) -%}
    substr(max(coalesce(cast({{ bekend_op }} as varchar), '0000-00-00') || {{ waarde }}), 11)
{%- endmacro %}

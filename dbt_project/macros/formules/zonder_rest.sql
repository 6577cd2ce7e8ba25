{#
    A sum of terms of twelve decimals, in which what is left of terms that cancel is nought: each was
    rounded, so a growth and a fall of one size can leave a billionth, and nothing may be divided by
    that.
#}
{% macro zonder_rest(term) -%}
    cast(case when abs(sum({{ term }})) < 0.000001 then 0 else sum({{ term }}) end as decimal(38, 12))
{%- endmacro %}

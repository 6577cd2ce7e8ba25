{# Whole eurocents of an exact decimal amount in euro, half a cent away from zero; never by way of a
   float. An amount too large to be one is null. #}
{% macro eurocent(bedrag) -%}
    cast(round(try_cast({{ bedrag }} as decimal(24, 8)) * cast(100 as decimal(3, 0)), 0) as bigint)
{%- endmacro %}

{#
    A limit that stays where its measure can be: euros are not below 0, a share not below 0 or above 1
    (`eenheid` of the register). The true value lies there too, so an interval that is cut off covers as
    often as it did. It never passes the value itself, which can lie outside when more is credited than
    was declared.
#}
{% macro binnen_bereik(grens, waarde, eenheid='eenheid') -%}
    case
        when {{ grens }} is null then null
        when {{ eenheid }} = 'aandeel'
            then greatest(least({{ grens }}, greatest(1, {{ waarde }})), least(0, {{ waarde }}))
        when {{ eenheid }} = 'euro'
            then greatest({{ grens }}, least(0, {{ waarde }}))
        else {{ grens }}
    end
{%- endmacro %}

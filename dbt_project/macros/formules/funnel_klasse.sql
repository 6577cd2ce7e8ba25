{# Place of a unit in the funnel around what is expected of it: outside the 99.8% limits, outside
   the 95% limits, or within. Without any spread there is nothing to be outside of. #}
{% macro funnel_klasse(z) -%}
    {%- set z_95 = 1.959963984540054 -%}
    {%- set z_998 = 3.090232306167813 -%}
    case
        when {{ z }} < -{{ z_998 }} then 'ver_laag'
        when {{ z }} < -{{ z_95 }} then 'laag'
        when {{ z }} > {{ z_998 }} then 'ver_hoog'
        when {{ z }} > {{ z_95 }} then 'hoog'
        else 'binnen'
    end
{%- endmacro %}

{# Class of a teller by the limits of the funnel around what is expected: beyond those of 99.8%, beyond
   those of 95%, or within (Spiegelhalter 2005). A class, no rank: units in one class are not put in
   order. #}
{% macro funnel_klasse(teller, laag_95, hoog_95, laag_998, hoog_998) -%}
    case
        when {{ teller }} < {{ laag_998 }} then 'ver_laag'
        when {{ teller }} < {{ laag_95 }} then 'laag'
        when {{ teller }} > {{ hoog_998 }} then 'ver_hoog'
        when {{ teller }} > {{ hoog_95 }} then 'hoog'
        else 'binnen'
    end
{%- endmacro %}

{#
    Variance between units of a measure beyond chance, as an aggregate over units: the moment estimator
    of DerSimonian and Laird (1986), with weight one over the variance by chance. Never negative. Terms
    are rounded decimals, so their sums do not depend on the order.
#}
{% macro tussen_variantie(maat, gewicht) -%}
    {%- set w = som_exact(gewicht) -%}
    greatest(0, (
        {{ som_exact(gewicht ~ ' * ' ~ maat ~ ' * ' ~ maat) }}
        - {{ som_exact(gewicht ~ ' * ' ~ maat) }} * {{ som_exact(gewicht ~ ' * ' ~ maat) }}
        / nullif({{ w }}, 0)
        - (count(*) - 1)
    ) / nullif({{ w }} - {{ som_exact(gewicht ~ ' * ' ~ gewicht) }} / nullif({{ w }}, 0), 0))
{%- endmacro %}

{# Sum of doubles as exact decimals, as a double. #}
{% macro som_exact(term) -%}
    cast(sum(cast({{ term }} as decimal(38, 12))) as double)
{%- endmacro %}

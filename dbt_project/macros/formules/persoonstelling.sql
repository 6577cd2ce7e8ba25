{#
    Teller and noemer of one person, by the kind of measure. They can be applied again to their own
    results, so a person can first be added up per care provider and then per region.

    proportie_som, verhouding, aantal: both are sums. proportie_personen: someone has it or not,
    whatever the number of observations. gemiddelde_per_persoon, aantal_per_persoon: a sum over one
    person, who counts once.
#}
{% macro persoonstelling(teller='teller', noemer='noemer', telwijze='max(telwijze)') -%}
    cast(
        case
            when {{ telwijze }} = 1 then max({{ teller }})
            else sum({{ teller }})
        end as decimal(18, 4)
    ) as teller,
    cast(
        case
            when {{ telwijze }} = 2 then sum({{ noemer }})
            else max({{ noemer }})
        end as decimal(18, 4)
    ) as noemer
{%- endmacro %}

{# How teller and noemer of one person come about, by the kind of measure: 1 the most of both, 2 the sum
   of both, 3 the sum and the most. A number, for a word would be kept beside every group. #}
{% macro telwijze(soort) -%}
    case
        when {{ soort }} = 'proportie_personen' then 1
        when {{ soort }} in ('proportie_som', 'verhouding', 'aantal') then 2
        else 3
    end
{%- endmacro %}

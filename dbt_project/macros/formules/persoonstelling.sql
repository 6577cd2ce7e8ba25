{#
    Teller and noemer of one person, by the kind of measure. They can be applied again to their own
    results, so a person can first be added up per care provider and then per region.

    proportie_som, verhouding, aantal: both are sums. proportie_personen: someone has it or not,
    whatever the number of observations. gemiddelde_per_persoon, aantal_per_persoon: a sum over one
    person, who counts once.
#}
{% macro persoonstelling(teller='teller', noemer='noemer', soort='soort_meting') -%}
    cast(
        case
            when {{ soort }} = 'proportie_personen' then max({{ teller }})
            else sum({{ teller }})
        end as decimal(18, 4)
    ) as teller,
    cast(
        case
            when {{ soort }} in ('proportie_som', 'verhouding', 'aantal') then sum({{ noemer }})
            else max({{ noemer }})
        end as decimal(18, 4)
    ) as noemer
{%- endmacro %}

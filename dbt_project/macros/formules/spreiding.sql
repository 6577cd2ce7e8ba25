{#
    Variance between the persons of a row of teller - value * noemer of one person, from exact sums: the
    linearisation of a ratio (Cochran 1977, section 6.4). Where every person counts once it is the
    ordinary variance. A double; null below two persons.
#}
{% macro variantie_verhouding(rij) -%}
    {%- set t = 'cast(' ~ rij ~ '.teller as double)' -%}
    {%- set r = '(' ~ t ~ ' / nullif(cast(' ~ rij ~ '.noemer as double), 0))' -%}
    (
        greatest(
            cast({{ rij }}.teller_kwadraat as double)
            - 2 * {{ r }} * cast({{ rij }}.teller_noemer as double)
            + {{ r }} * {{ r }} * cast({{ rij }}.noemer_kwadraat as double),
            0
        ) / nullif(case when {{ rij }}.n_personen > 1 then {{ rij }}.n_personen - 1 end, 0)
    )
{%- endmacro %}

{#
    Sums over persons that the spread of a mean or a ratio is made of (`is_bedrag`); for other measures
    they are 0, which costs nothing. Amounts are euros and cents in the third power, so that its sum
    stays exact.
#}
{% macro kwadraatsommen(teller, noemer, is_bedrag) -%}
    {%- set t = 'cast(' ~ teller ~ ' as decimal(19, 4))' -%}
    {%- set n = 'cast(' ~ noemer ~ ' as decimal(19, 4))' -%}
    {%- set cent = 'cast(round(' ~ teller ~ ', 2) as decimal(19, 2))' -%}
    sum(case when {{ is_bedrag }} then {{ t }} * {{ t }} else 0 end) as teller_kwadraat,
    sum(case when {{ is_bedrag }} then {{ t }} * {{ n }} else 0 end) as teller_noemer,
    sum(case when {{ is_bedrag }} then {{ n }} * {{ n }} else 0 end) as noemer_kwadraat,
    sum(case when {{ is_bedrag }} then {{ cent }} * {{ cent }} * {{ cent }} else 0 end)
        as teller_kubus
{%- endmacro %}

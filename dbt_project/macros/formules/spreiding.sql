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
    Sums over persons that the spread and the skewness of a mean or a ratio are made of (`is_bedrag`); for
    other measures they are 0, which costs nothing. In the third power amounts are euros and cents, so
    that sums stay exact.
#}
{% macro kwadraatsommen(teller, noemer, is_bedrag) -%}
    {%- set t = 'cast(' ~ teller ~ ' as decimal(19, 4))' -%}
    {%- set n = 'cast(' ~ noemer ~ ' as decimal(19, 4))' -%}
    {%- set tc = 'cast(round(' ~ teller ~ ', 2) as decimal(19, 2))' -%}
    {%- set nc = 'cast(round(' ~ noemer ~ ', 2) as decimal(19, 2))' -%}
    {%- for naam, term in [
        ('teller_kwadraat', [t, t]), ('teller_noemer', [t, n]), ('noemer_kwadraat', [n, n]),
        ('teller_kubus', [tc, tc, tc]), ('teller2_noemer', [tc, tc, nc]),
        ('teller_noemer2', [tc, nc, nc]), ('noemer_kubus', [nc, nc, nc])
    ] %}
    coalesce(sum({{ term | join(' * ') }}) filter (where {{ is_bedrag }}), 0) as {{ naam }}
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

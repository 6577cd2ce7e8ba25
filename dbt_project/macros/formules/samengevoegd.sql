{#
    CTEs that make strata of persons who are compared with each other in a group of figures, up to and
    with the CTE `naam`: for every finest stratum the teller and noemer of what it is compared with. They
    read groep_nr, stratum_nr, n_personen, teller and noemer of the CTE `bron`, its columns `kenmerken`
    with the numbers (above 0) of the characteristics of a case-mix model, coarse to fine, and the
    column `minimum`.

    A stratum is split by the next characteristic. Classes with fewer persons than the minimum stay
    together (number 0); where these are too few as well, the smallest class that is large enough joins
    them. So no stratum is smaller than the minimum, unless all persons together are fewer, and
    everybody is in one of them, so that expected tellers still add up to tellers.
#}
{% macro samengevoegd(naam, bron, kenmerken, minimum) -%}
    {%- set rest = ['stratum_nr', 'n_personen', 'teller', 'noemer', minimum] -%}
    {%- for k in kenmerken -%}
        {%- set boven = (['groep_nr'] + kenmerken[:loop.index0]) | join(', ') -%}
        {%- set verder = (kenmerken[loop.index:] + rest) | join(', ') %}
        {{ naam }}_{{ k }}_geteld as (
            select
                {{ boven }}, {{ k }}, {{ verder }},
                sum(n_personen) over (partition by {{ boven }}, {{ k }}) as n_klasse
            from {{ bron if loop.first else naam ~ '_' ~ kenmerken[loop.index0 - 1] }}
        ),

        {{ naam }}_{{ k }}_rest as (
            select
                {{ boven }}, {{ k }}, {{ verder }}, n_klasse,
                sum(case when n_klasse < {{ minimum }} then n_personen else 0 end)
                    over (partition by {{ boven }}) as n_rest,
                min(case when n_klasse >= {{ minimum }} then 1000 * n_klasse + {{ k }} end)
                    over (partition by {{ boven }}) as kleinste
            from {{ naam }}_{{ k }}_geteld
        ),

        {{ naam }}_{{ k }} as (
            select
                {{ boven }}, {{ verder }},
                case
                    when n_klasse < {{ minimum }} then 0
                    when n_rest > 0 and n_rest < {{ minimum }} and 1000 * n_klasse + {{ k }} = kleinste
                        then 0
                    else {{ k }}
                end as {{ k }}
            from {{ naam }}_{{ k }}_rest
        ),
    {% endfor -%}
    {{ naam }} as (
        select
            groep_nr,
            stratum_nr,
            sum(teller) over (partition by groep_nr, {{ kenmerken | join(', ') }}) as teller,
            sum(noemer) over (partition by groep_nr, {{ kenmerken | join(', ') }}) as noemer
        from {{ naam }}_{{ kenmerken[-1] }}
    )
{%- endmacro %}

{#
    CTEs that leave, in `opvolging`, under which code something counts on which days, for every code
    that has a successor. They read a CTE `stap`: code, opvolger, and the days (vanaf, tot) on which
    the step holds; one step a code and day.

    Successors of successors are followed six steps. Days on which nothing changes are one row.
#}
{% macro opvolging() -%}
    {%- set stappen = range(1, 7) -%}
moment as (
    select vanaf as dag from stap
    union
    select cast(tot + interval 1 day as date) as dag
    from stap
    where tot < date '9999-12-31'
    union
    select date '0001-01-01' as dag
),

begin_van_keten as (
    select distinct code from stap
),

keten as (
    select
        begin_van_keten.code,
        moment.dag,
        coalesce(
            {% for n in stappen | reverse -%}
            stap_{{ n }}.opvolger,
            {% endfor -%}
            begin_van_keten.code
        ) as eenheid
    from begin_van_keten
    cross join moment
    {% for n in stappen -%}
    left join stap as stap_{{ n }}
        on
            {{ 'begin_van_keten.code' if n == 1 else 'stap_' ~ (n - 1) ~ '.opvolger' }}
            = stap_{{ n }}.code
            and moment.dag between stap_{{ n }}.vanaf and stap_{{ n }}.tot
    {% endfor -%}
),

met_vorige as (
    select
        code,
        dag,
        eenheid,
        lag(eenheid) over (partition by code order by dag) as vorige
    from keten
),

opvolging as (
    select
        code,
        eenheid,
        dag as geldig_van,
        coalesce(
            cast(lead(dag) over (partition by code order by dag) - interval 1 day as date),
            date '9999-12-31'
        ) as geldig_tot
    from met_vorige
    where vorige is null or vorige <> eenheid
)
{%- endmacro %}

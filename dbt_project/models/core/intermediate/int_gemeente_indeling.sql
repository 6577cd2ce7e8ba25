-- In which gemeente and zorgkantoorregio a gemeente code lies on which days. A gemeente that was
-- succeeded lies in its successor from that day on. A layout names the gemeenten of its own year
-- alone: one that is not in it lay where the list of successors says, else where its last successor
-- lies.
with stap as (
    select
        gemeente_code as code,
        opvolger_code as opvolger,
        cast(ingangsdatum as date) as vanaf,
        date '9999-12-31' as tot
    from {{ ref('gemeente_opvolger') }}
),

{{ opvolging() }},

indeling as (
    {{ met_geldigheid(ref('regio_gemeente'), ['gemeente_code'], ['zorgkantoorregio_code']) }}
),

gemeente as (
    select gemeente_code from indeling
    union
    select code as gemeente_code from stap
    union
    select opvolger as gemeente_code from stap
),

dag_van_wijziging as (
    select geldig_van as dag from indeling
    union
    select geldig_van as dag from opvolging
    union
    select date '0001-01-01' as dag
),

op_dag as (
    select
        gemeente.gemeente_code,
        wijziging.dag,
        coalesce(toen.eenheid, gemeente.gemeente_code) as eenheid_code,
        coalesce(nu.eenheid, gemeente.gemeente_code) as laatste_code
    from gemeente
    cross join dag_van_wijziging as wijziging
    left join opvolging as toen
        on
            gemeente.gemeente_code = toen.code
            and wijziging.dag between toen.geldig_van and toen.geldig_tot
    left join opvolging as nu
        on
            gemeente.gemeente_code = nu.code
            and nu.geldig_tot = date '9999-12-31'
),

met_regio as (
    select
        op_dag.gemeente_code,
        op_dag.dag,
        op_dag.eenheid_code,
        coalesce(
            eigen.zorgkantoorregio_code,
            voorganger.zorgkantoorregio_code,
            laatste.zorgkantoorregio_code,
            'ONBEKEND'
        ) as zorgkantoorregio_code
    from op_dag
    left join indeling as eigen
        on
            op_dag.eenheid_code = eigen.gemeente_code
            and {{ geldig_op('eigen', 'op_dag.dag') }}
    left join {{ ref('gemeente_opvolger') }} as voorganger
        on op_dag.eenheid_code = voorganger.gemeente_code
    left join indeling as laatste
        on
            op_dag.laatste_code = laatste.gemeente_code
            and {{ geldig_op('laatste', 'op_dag.dag') }}
),

gewijzigd as (
    select
        gemeente_code,
        dag,
        eenheid_code,
        zorgkantoorregio_code,
        lag(eenheid_code || ' ' || zorgkantoorregio_code) over (
            partition by gemeente_code order by dag
        ) as vorige
    from met_regio
)

select
    gemeente_code,
    eenheid_code,
    zorgkantoorregio_code,
    dag as geldig_van,
    coalesce(
        cast(lead(dag) over (partition by gemeente_code order by dag) - interval 1 day as date),
        date '9999-12-31'
    ) as geldig_tot
from gewijzigd
where vorige is null or vorige <> eenheid_code || ' ' || zorgkantoorregio_code

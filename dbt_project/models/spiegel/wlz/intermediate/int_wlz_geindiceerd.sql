-- Decisions that are valid on every peildatum of the waiting list, per sector and region: those
-- that had begun less those that had ended. Counted by day first, so that no decision is held
-- beside every peildatum.
with dag as (
    select
        sector,
        zorgkantoorregio_code,
        ingangsdatum as vanaf,
        1 as aantal
    from {{ ref('fct_wlz_indicatie') }}
    union all
    select
        sector,
        zorgkantoorregio_code,
        cast(einddatum + interval 1 day as date) as vanaf,
        -1 as aantal
    from {{ ref('fct_wlz_indicatie') }}
    where einddatum is not null
),

per_dag as (
    select
        sector,
        zorgkantoorregio_code,
        vanaf,
        sum(aantal) as aantal
    from dag
    group by sector, zorgkantoorregio_code, vanaf
),

peildatum as (
    select distinct peildatum
    from {{ ref('fct_wlz_wachtlijst') }}
)

select
    peildatum.peildatum,
    per_dag.sector,
    per_dag.zorgkantoorregio_code,
    cast(sum(per_dag.aantal) as bigint) as n_geindiceerd
from peildatum
inner join per_dag
    on peildatum.peildatum >= per_dag.vanaf
group by peildatum.peildatum, per_dag.sector, per_dag.zorgkantoorregio_code

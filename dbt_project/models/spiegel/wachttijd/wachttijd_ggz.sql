-- Who waits for mental health care at the end of a month, per region in which they live and phase.
-- A person on the lists of two care providers waits once, since the first of both dates
-- (Integraal Zorgakkoord, lines 2772-2805).
with registratie as (
    select
        wacht.pseudo_id,
        wacht.fase,
        wacht.begindatum,
        coalesce(wacht.einddatum, date '9999-12-31') as einddatum,
        persoon.zorgkantoorregio_code
    from {{ ref('fct_wachttijd') }} as wacht
    inner join {{ ref('dim_persoon') }} as persoon
        on wacht.pseudo_id = persoon.pseudo_id
),

-- Waits that ended before the first end we know were never delivered: the list is whole from that
-- month on, and runs until the last month in which something was told.
gebeurtenis as (
    select begindatum as dag from {{ ref('fct_wachttijd') }}
    union
    select einddatum as dag
    from {{ ref('fct_wachttijd') }}
    where einddatum is not null
),

bekend as (
    select
        (select min(feit.einddatum) from {{ ref('fct_wachttijd') }} as feit) as eerste_dag,
        last_day(max(dag)) as laatste_dag
    from gebeurtenis
),

jaar as (
    select distinct cast(extract(year from dag) as integer) as jaar from gebeurtenis
),

maand as (
    {% for nummer in range(1, 13) %}
        select {{ nummer }} as maand
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

maandeinde as (
    select last_day(make_date(jaar.jaar, maand.maand, 1)) as peildatum
    from jaar
    cross join maand
    inner join bekend
        on
            last_day(make_date(jaar.jaar, maand.maand, 1)) >= bekend.eerste_dag
            and last_day(make_date(jaar.jaar, maand.maand, 1)) <= bekend.laatste_dag
),

wachtende as (
    select
        maandeinde.peildatum,
        registratie.zorgkantoorregio_code,
        registratie.fase,
        registratie.pseudo_id,
        count(*) as n_registraties,
        {{ weken_naar_boven(
            dagen_tussen('min(registratie.begindatum)', 'maandeinde.peildatum')
        ) }} as wachtweken
    from maandeinde
    inner join registratie
        on
            maandeinde.peildatum >= registratie.begindatum
            and maandeinde.peildatum < registratie.einddatum
    group by
        maandeinde.peildatum,
        registratie.zorgkantoorregio_code,
        registratie.fase,
        registratie.pseudo_id
),

naast_norm as (
    select
        wachtende.peildatum,
        wachtende.zorgkantoorregio_code,
        wachtende.fase,
        wachtende.n_registraties,
        wachtende.wachtweken,
        cast(norm.weken as integer) as treeknorm_weken
    from wachtende
    left join {{ ref('ref_treeknorm') }} as norm
        on
            norm.sector = 'ggz'
            and wachtende.fase = norm.fase
            and wachtende.peildatum >= coalesce(norm.geldig_van, date '0001-01-01')
            and wachtende.peildatum <= coalesce(norm.geldig_tot, date '9999-12-31')
),

telling as (
    select
        peildatum,
        coalesce(zorgkantoorregio_code, 'TOTAAL') as zorgkantoorregio_code,
        fase,
        max(treeknorm_weken) as treeknorm_weken,
        sum(n_registraties) as n_registraties,
        count(*) as n_wachtend,
        sum(case when n_registraties > 1 then 1 else 0 end) as n_op_meer_lijsten,
        sum(wachtweken) as som_weken,
        percentile_cont(0.5) within group (order by wachtweken) as mediaan_weken,
        sum(case when wachtweken > treeknorm_weken then 1 else 0 end) as n_boven_norm
    from naast_norm
    group by grouping sets (
        (peildatum, zorgkantoorregio_code, fase), (peildatum, fase)
    )
)

select
    peildatum,
    zorgkantoorregio_code,
    fase,
    cast(n_registraties as bigint) as n_registraties,
    cast(n_wachtend as bigint) as n_wachtend,
    cast(n_op_meer_lijsten as bigint) as n_op_meer_lijsten,
    cast(n_registraties - n_wachtend as bigint) as n_dubbel,
    cast({{ verhouding('som_weken', 'n_wachtend', 1) }} as decimal(18, 1)) as gemiddelde_weken,
    cast(round(mediaan_weken, 1) as decimal(18, 1)) as mediaan_weken,
    treeknorm_weken,
    case when treeknorm_weken is not null then cast(n_boven_norm as bigint) end as n_boven_norm,
    case when treeknorm_weken is not null then {{ verhouding('n_boven_norm', 'n_wachtend') }} end
        as aandeel_boven_norm
from telling

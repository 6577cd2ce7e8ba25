-- Source records per fact, source, care provider and year of care: those that intake accepted and
-- those it refused and that were not put right.
with record as (
    select
        tabel,
        bron_id,
        zorgaanbieder_id,
        periode,
        count(*) as n_totaal
    from {{ ref('int_dq_record') }}
    group by tabel, bron_id, zorgaanbieder_id, periode
    union all
    select
        tabel,
        bron_id,
        zorgaanbieder_id,
        periode,
        count(*) as n_totaal
    from {{ ref('int_dq_regel') }}
    where is_geweigerd and is_zwaarste
    group by tabel, bron_id, zorgaanbieder_id, periode
)

select
    tabel,
    bron_id,
    zorgaanbieder_id,
    periode,
    sum(n_totaal) as n_totaal
from record
group by tabel, bron_id, zorgaanbieder_id, periode

-- Diagnoses, measurements and prescriptions by day of registration, and how many of them were
-- available within 24 hours. A resource counts once, whatever its number of codings.
with kerngegeven as (
    select
        pseudo_id,
        zorgaanbieder_id,
        geregistreerd_op,
        beschikbaar_op
    from {{ ref('fct_diagnose') }}
    where codering_nr = 1 and coalesce(verificatie_status, '') <> 'entered-in-error'
    union all
    select
        pseudo_id,
        zorgaanbieder_id,
        geregistreerd_op,
        beschikbaar_op
    from {{ ref('fct_meting') }}
    where codering_nr = 1 and coalesce(status, '') <> 'entered-in-error'
    union all
    select
        pseudo_id,
        zorgaanbieder_id,
        geregistreerd_op,
        beschikbaar_op
    from {{ ref('fct_medicatie') }}
    where codering_nr = 1 and coalesce(status, '') <> 'entered-in-error'
),

beoordeeld as (
    select
        pseudo_id,
        zorgaanbieder_id,
        {{ lokale_datum('geregistreerd_op') }} as peildatum,
        case when beschikbaar_op <= geregistreerd_op + interval 24 hour then 1 else 0 end as op_tijd
    from kerngegeven
    where geregistreerd_op is not null and beschikbaar_op is not null
)

select
    'kerngegevens_binnen_24_uur' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    peildatum,
    'TOTAAL' as diagnosegroep,
    cast(sum(op_tijd) as decimal(18, 4)) as teller,
    cast(count(*) as decimal(18, 4)) as noemer
from beoordeeld
group by zorgaanbieder_id, pseudo_id, peildatum

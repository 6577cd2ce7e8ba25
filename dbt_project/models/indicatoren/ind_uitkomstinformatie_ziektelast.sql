-- Burden of disease of the patients of a hospital in a year, and that of the diagnosis groups of
-- which it has outcome information: enough operations with a PROM before and after (prom_ingreep).
with uitkomst as (
    select
        prom.zorgaanbieder_id,
        prom.diagnosegroep,
        extract(year from prom.ingreepdatum) as jaar
    from {{ ref('int_ingreep_prom') }} as prom
    where prom.score_vooraf is not null and prom.score_na is not null
    group by prom.zorgaanbieder_id, prom.diagnosegroep, extract(year from prom.ingreepdatum)
    having
        count(*) >= (
            select max(cast(ingreep.minimum_ingrepen as integer))
            from {{ ref('prom_ingreep') }} as ingreep
        )
),

patient as (
    select distinct
        pseudo_id,
        zorgaanbieder_id,
        diagnosegroep,
        cast(extract(year from begindatum) as integer) as jaar
    from {{ ref('fct_prestatie') }}
    where sector = 'msz' and telt_mee
)

select
    'uitkomstinformatie_ziektelast' as indicator_id,
    patient.zorgaanbieder_id,
    patient.pseudo_id,
    make_date(patient.jaar, 12, 31) as peildatum,
    patient.diagnosegroep,
    cast(
        case when uitkomst.jaar is not null then ziektelast.per_patient else 0 end
        as decimal(18, 4)
    ) as teller,
    cast(ziektelast.per_patient as decimal(18, 4)) as noemer
from patient
inner join {{ ref('ziektelast') }} as ziektelast
    on patient.diagnosegroep = ziektelast.diagnosegroep
left join uitkomst
    on
        patient.zorgaanbieder_id = uitkomst.zorgaanbieder_id
        and patient.diagnosegroep = uitkomst.diagnosegroep
        and patient.jaar = uitkomst.jaar

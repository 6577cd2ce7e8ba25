-- Periods of knowledge of every line that is used, with what was granted on it in each: a period
-- also ends on the day of another answer of the insurer. What was granted before the line had its
-- reference number is known from its first day.
with tijdvak as (
    select
        regel_id,
        geldig_van,
        geldig_tot,
        gecrediteerd_op
    from {{ ref('int_prestatie_tijdvak') }}
    where reden_code is null
),

toekenning as (
    select
        {{ regel_id('toekenning', 'decl_prestatie') }} as regel_id,
        toekenning.toegekend_op,
        toekenning.toegekend_cent
    from {{ ref('int_toekenning') }} as toekenning
    union all
    select
        regel_id,
        coalesce(toegekend_op, bekend_op) as toegekend_op,
        toegekend_cent
    from {{ ref('int_prestatie_regel') }}
    where toegekend_cent is not null
),

grens as (
    select
        regel_id,
        geldig_van as tijdvak_van,
        geldig_tot as tijdvak_tot,
        gecrediteerd_op,
        geldig_van as dag
    from tijdvak
    union all
    select
        tijdvak.regel_id,
        tijdvak.geldig_van as tijdvak_van,
        tijdvak.geldig_tot as tijdvak_tot,
        tijdvak.gecrediteerd_op,
        toekenning.toegekend_op as dag
    from tijdvak
    inner join toekenning
        on
            tijdvak.regel_id = toekenning.regel_id
            and tijdvak.geldig_van < toekenning.toegekend_op
            and (tijdvak.geldig_tot is null or tijdvak.geldig_tot > toekenning.toegekend_op)
),

deel as (
    select
        regel_id,
        dag as geldig_van,
        coalesce(
            lead(dag) over (
                partition by regel_id, tijdvak_van
                order by dag
            ),
            tijdvak_tot
        ) as geldig_tot,
        gecrediteerd_op
    from grens
),

toegekend as (
    select
        deel.regel_id,
        deel.geldig_van,
        toekenning.toegekend_op,
        toekenning.toegekend_cent,
        row_number() over (
            partition by deel.regel_id, deel.geldig_van
            order by toekenning.toegekend_op desc
        ) as volgnr
    from deel
    inner join toekenning
        on
            deel.regel_id = toekenning.regel_id
            and deel.geldig_van >= toekenning.toegekend_op
)

select
    deel.regel_id,
    deel.geldig_van,
    deel.geldig_tot,
    deel.gecrediteerd_op,
    toegekend.toegekend_op,
    toegekend.toegekend_cent
from deel
left join toegekend
    on
        deel.regel_id = toegekend.regel_id
        and deel.geldig_van = toegekend.geldig_van
        and toegekend.volgnr = 1

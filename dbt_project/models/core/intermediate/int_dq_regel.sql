-- Every record that breaks a rule of data quality, one row a record and rule. A record costs the
-- weight of its heaviest rule, once: is_zwaarste is true in one row of each record.
with geraakt as (
    -- Two lines of one message can share their key; they are two records all the same.
    select
        tabel,
        bron_id,
        geheel_sleutel,
        deel_sleutel,
        row_number() over (
            partition by tabel, bron_id, geheel_sleutel, deel_sleutel
            order by zorgaanbieder_id asc, periode asc, regel_id asc
        ) as volgnr,
        zorgaanbieder_id,
        periode,
        regel_id,
        case
            when regel_id in ('MOMENT-ONTBREEKT', 'TIJDIGHEID-ONBEKEND') then 'onbruikbaar'
            else 'geweigerd'
        end as ernst,
        false as is_geweigerd
    from {{ ref('int_dq_record') }}
    where regel_id is not null
    union all
    select
        tabel,
        bron_id,
        geheel_sleutel,
        deel_sleutel,
        1 as volgnr,
        zorgaanbieder_id,
        periode,
        regel_id,
        ernst,
        is_geweigerd
    from {{ ref('int_dq_beoordeeld') }}
),

gewogen as (
    select
        geraakt.tabel,
        geraakt.bron_id,
        geraakt.geheel_sleutel,
        geraakt.deel_sleutel,
        geraakt.volgnr,
        geraakt.zorgaanbieder_id,
        geraakt.periode,
        geraakt.regel_id,
        geraakt.ernst,
        geraakt.is_geweigerd,
        coalesce(gewicht.gewicht, standaard.gewicht) as gewicht
    from geraakt
    left join {{ ref('dq_gewicht') }} as gewicht
        on geraakt.regel_id = gewicht.regel_id
    inner join {{ ref('dq_gewicht') }} as standaard
        on
            standaard.regel_id
            = 'STANDAARD-'
            || case geraakt.ernst when 'waarschuwing' then 'WAARSCHUWING' else 'GEWEIGERD' end
)

select
    tabel,
    bron_id,
    zorgaanbieder_id,
    periode,
    regel_id,
    ernst,
    gewicht,
    is_geweigerd,
    row_number() over (
        partition by tabel, bron_id, geheel_sleutel, deel_sleutel, volgnr
        order by gewicht desc, regel_id asc, ernst asc
    ) = 1 as is_zwaarste
from gewogen

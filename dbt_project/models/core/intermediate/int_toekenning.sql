-- What an insurer granted of a declaration line, once a day on which it said so; each answer to a
-- message holds until the next. It returns what it does not grant as declared, so a line that did
-- not come back is granted in full (8001), unless the whole message was refused: then records 01
-- and 99 come back alone and nothing is granted. A retour message answers the message that had the
-- invoice number on its day.
with antwoord as (
    select
        bericht.bericht_sleutel,
        retour.bericht_sleutel as retour_sleutel,
        retour.dagtekening as toegekend_op,
        -- Corrections can come to nothing by themselves: that is no refusal.
        retour.toegekend_cent = 0
        and coalesce(retour.retourcode_1, '') <> '8001'
        and (retour.retourcode_1 is not null or retour.ingediend_cent is distinct from 0)
            as niets_toegekend,
        row_number() over (
            partition by retour.bericht_sleutel
            order by bericht.bekend_op desc, bericht.bericht_sleutel asc
        ) as volgnr
    from {{ ref('stg_decl_retour') }} as retour
    inner join {{ ref('int_bericht') }} as bericht
        on
            retour.declarant_id = bericht.declarant_id
            and retour.factuur_sleutel = bericht.factuur_sleutel
            and retour.heen_standaard = bericht.standaard
            and coalesce(retour.uzovi, bericht.uzovi, '')
            = coalesce(bericht.uzovi, retour.uzovi, '')
            and retour.dagtekening >= bericht.bekend_op
            and (bericht.vervangen_op is null or retour.dagtekening < bericht.vervangen_op)
    where bericht.reden_code is null and bericht.n_regels > 0
),

retour as (
    select
        bericht_sleutel,
        retour_sleutel,
        toegekend_op,
        niets_toegekend,
        row_number() over (
            partition by bericht_sleutel, toegekend_op
            order by retour_sleutel asc
        ) as volgnr
    from antwoord
    where volgnr = 1
),

teruggestuurd as (
    select
        bericht_sleutel as retour_sleutel,
        prestatie_referentie_sleutel as referentie_sleutel,
        sum(ingediend_cent - toegekend_cent) as niet_toegekend_cent,
        -- A prestatie without an amount of its own that came back without its records 06.
        sum(case when toegekend_cent is not null then 1 else 0 end) = 0 as is_afgewezen
    from {{ ref('stg_decl_toekenning') }}
    where prestatie_referentie_sleutel is not null
    group by bericht_sleutel, prestatie_referentie_sleutel
),

met_records as (
    select distinct retour_sleutel from teruggestuurd
)

select
    regel.bericht_sleutel,
    regel.identificatie,
    retour.toegekend_op,
    cast(
        case
            when met_records.retour_sleutel is null and retour.niets_toegekend then 0
            when teruggestuurd.is_afgewezen then 0
            else regel.bedrag_cent - coalesce(teruggestuurd.niet_toegekend_cent, 0)
        end as bigint
    ) as toegekend_cent
from {{ ref('int_prestatie_regel') }} as regel
inner join retour
    on
        regel.bericht_sleutel = retour.bericht_sleutel
        and retour.volgnr = 1
left join teruggestuurd
    on
        retour.retour_sleutel = teruggestuurd.retour_sleutel
        and regel.referentie_sleutel = teruggestuurd.referentie_sleutel
left join met_records
    on retour.retour_sleutel = met_records.retour_sleutel
where regel.tabel = 'decl_prestatie' and regel.staat_van is not null

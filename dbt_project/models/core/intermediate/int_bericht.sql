-- EI messages with the day their content became known, their channel, and whether they still hold.
-- An invoice number is used once in five years by a declarant toward an insurer (element 0116). A
-- message that repeats it with lines of the first is a correction and takes the place of the one
-- before it; one that shares no line with the first is another invoice under a number in use
-- (retourcode 0030). Order is by content, never by delivery (docs/decisions/0020).
with regel as (
    select
        bericht_sleutel,
        count(*) as n_regels
    from {{ ref('stg_decl_prestatie') }}
    group by bericht_sleutel
),

bericht as (
    select
        bericht.bericht_sleutel,
        bericht.standaard,
        bericht.versie,
        bericht.ei_code,
        bericht.uzovi,
        bericht.declarant_id,
        bericht.praktijk as praktijk_id,
        bericht.factuur_sleutel,
        coalesce(bericht.dagtekening, bericht.einddatum, bericht.begindatum) as bekend_op,
        case
            when bericht.betaling_aan = '01' or bericht.servicebureau is not null
                then 'ei_servicebureau'
            else 'ei_direct'
        end as kanaal,
        coalesce(regel.n_regels, 0) as n_regels,
        -- Without number or without an accepted line a message stands apart.
        case
            when regel.n_regels > 0
                then coalesce(bericht.factuur_sleutel, bericht.bericht_sleutel)
            else bericht.bericht_sleutel
        end as factuur,
        coalesce(bericht.uzovi, '') as ontvanger
    from {{ ref('stg_decl_bericht') }} as bericht
    left join regel
        on bericht.bericht_sleutel = regel.bericht_sleutel
),

gerangschikt as (
    select
        bericht_sleutel,
        lag(bekend_op) over (
            partition by declarant_id, ontvanger, factuur
            order by bekend_op asc nulls first, n_regels asc, bericht_sleutel asc
        ) as vorige_op
    from bericht
),

reeks as (
    select
        bericht.bericht_sleutel,
        bericht.declarant_id,
        bericht.ontvanger,
        bericht.factuur,
        bericht.bekend_op,
        bericht.n_regels,
        sum(
            case
                when {{ dagen_tussen('gerangschikt.vorige_op', 'bericht.bekend_op') }} > 1826 then 1
                else 0
            end
        ) over (
            partition by bericht.declarant_id, bericht.ontvanger, bericht.factuur
            order by
                bericht.bekend_op asc nulls first,
                bericht.n_regels asc,
                bericht.bericht_sleutel asc
            rows between unbounded preceding and current row
        ) as reeks_nr
    from bericht
    inner join gerangschikt
        on bericht.bericht_sleutel = gerangschikt.bericht_sleutel
),

met_eerste as (
    select
        bericht_sleutel,
        declarant_id,
        ontvanger,
        factuur,
        reeks_nr,
        bekend_op,
        n_regels,
        first_value(bericht_sleutel) over (
            partition by declarant_id, ontvanger, factuur, reeks_nr
            order by bekend_op asc nulls first, n_regels asc, bericht_sleutel asc
        ) as eerste_sleutel
    from reeks
),

correctie as (
    select distinct later.bericht_sleutel
    from met_eerste as later
    inner join {{ ref('stg_decl_prestatie') }} as regel
        on
            later.bericht_sleutel = regel.bericht_sleutel
            and later.bericht_sleutel <> later.eerste_sleutel
    inner join {{ ref('stg_decl_prestatie') }} as eerder
        on
            later.eerste_sleutel = eerder.bericht_sleutel
            and regel.referentie_sleutel = eerder.referentie_sleutel
),

keten as (
    select
        met_eerste.bericht_sleutel,
        lead(met_eerste.bekend_op) over (
            partition by
                met_eerste.declarant_id,
                met_eerste.ontvanger,
                met_eerste.factuur,
                met_eerste.reeks_nr
            order by
                met_eerste.bekend_op asc nulls first,
                met_eerste.n_regels asc,
                met_eerste.bericht_sleutel asc
        ) as vervangen_op
    from met_eerste
    left join correctie
        on met_eerste.bericht_sleutel = correctie.bericht_sleutel
    where
        met_eerste.bericht_sleutel = met_eerste.eerste_sleutel
        or correctie.bericht_sleutel is not null
)

select
    bericht.bericht_sleutel,
    bericht.standaard,
    bericht.versie,
    bericht.ei_code,
    bericht.declarant_id,
    bericht.uzovi,
    bericht.praktijk_id,
    bericht.factuur_sleutel,
    bericht.bekend_op,
    bericht.kanaal,
    bericht.n_regels,
    keten.vervangen_op,
    case when keten.bericht_sleutel is null then 'EI-FACTUUR-DUBBEL' end as reden_code
from bericht
left join keten
    on bericht.bericht_sleutel = keten.bericht_sleutel

-- The waiting list as it stood on every peildatum, one row a person and day, held against the
-- streefnorm that is valid that day. The norm that names the row most precisely goes first: one of
-- the classificatie before one of the sector before one of all.
with norm as (
    select
        sector,
        wachtstatus,
        classificatie,
        cast(nullif(cast(weken as varchar), '') as integer) as weken,
        telt_mee = 'ja' as telt_mee,
        coalesce(cast(geldig_van as date), date '0001-01-01') as geldig_van,
        coalesce(cast(geldig_tot as date), date '9999-12-31') as geldig_tot
    from {{ ref('ref_streefnorm') }}
),

soort as (
    select distinct
        sector,
        wachtstatus,
        classificatie,
        peildatum
    from {{ ref('int_wlz_wachtlijst') }}
    where reden_code is null
),

jaarstand as (
    select max(peildatum) as peildatum
    from soort
    group by extract(year from peildatum)
),

passend as (
    select
        soort.sector,
        soort.wachtstatus,
        soort.classificatie,
        soort.peildatum,
        norm.weken,
        norm.telt_mee,
        row_number() over (
            partition by soort.sector, soort.wachtstatus, soort.classificatie, soort.peildatum
            order by
                case when norm.classificatie = 'alle' then 1 else 0 end asc,
                case when norm.sector = 'alle' then 1 else 0 end asc,
                norm.geldig_van desc
        ) as volgnr
    from soort
    inner join norm
        on
            soort.wachtstatus = norm.wachtstatus
            and norm.sector in (soort.sector, 'alle')
            and norm.classificatie in (coalesce(soort.classificatie, 'alle'), 'alle')
            and soort.peildatum between norm.geldig_van and norm.geldig_tot
)

select
    {{ sleutel(['stand.wlz_indicatie_sleutel', 'stand.peildatum']) }} as wlz_wachtstand_id,
    stand.wlz_indicatie_sleutel as wlz_indicatie_id,
    stand.bron_id,
    stand.pseudo_id,
    stand.peildatum,
    stand.sector,
    stand.wachtstatus,
    stand.classificatie,
    stand.begin_status,
    stand.begin_registratie,
    stand.voorkeur_aanbieder_id,
    stand.zorgaanbieder_id,
    stand.zorgkantoorregio_code,
    stand.overbruggingszorg = 'ja' as heeft_overbrugging,
    stand.reden_wachten,
    stand.laatst_contact,
    {{ dagen_tussen('stand.begin_status', 'stand.peildatum') }} as wachtdagen,
    {{ dagen_tussen('stand.begin_registratie', 'stand.peildatum') }} as wachtdagen_totaal,
    coalesce(passend.telt_mee, true) as is_wachtend,
    passend.weken as norm_weken,
    case
        when passend.telt_mee
            then {{ dagen_tussen('stand.begin_status', 'stand.peildatum') }} > 7 * passend.weken
    end as boven_norm,
    jaarstand.peildatum is not null as is_jaarstand
from {{ ref('int_wlz_wachtlijst') }} as stand
left join passend
    on
        stand.sector = passend.sector
        and stand.wachtstatus = passend.wachtstatus
        and coalesce(stand.classificatie, '') = coalesce(passend.classificatie, '')
        and stand.peildatum = passend.peildatum
        and passend.volgnr = 1
left join jaarstand
    on stand.peildatum = jaarstand.peildatum
where stand.reden_code is null

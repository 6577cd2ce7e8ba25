-- Sector, financing domain and add-on medicine of every declaration line, refused ones too, by the
-- rules in schemas/codes; only lines that share a detail number in one message have none. What a
-- source says itself goes before the rules. Rules are tried on what lines have in common, so on few
-- combinations and not on every line.
with regel as (
    select
        regel.regel_id,
        regel.sector,
        regel.financieringsdomein,
        coalesce(regel.ei_code, '') as ei_code,
        coalesce(regel.prestatiecodelijst, '') as prestatiecodelijst,
        coalesce(regel.prestatiecode, '') as prestatiecode,
        coalesce(regel.aanspraak_zvw, '') as aanspraak_zvw,
        coalesce(regel.is_duur_geneesmiddel, false) as is_duur_geneesmiddel,
        coalesce(regel.prestatiecode = regel.zorgactiviteitcode, false) as is_zorgactiviteit,
        coalesce(
            cast(extract(year from regel.begindatum) as integer) - persoon.geboortejaar, -1
        ) as leeftijd,
        case
            when coalesce(regel.basis_cent, 0) <> 0 and coalesce(regel.aanvullend_cent, 0) <> 0
                then 'beide'
            when coalesce(regel.aanvullend_cent, 0) <> 0 then 'aanvullend'
            when coalesce(regel.basis_cent, 0) <> 0 then 'basis'
            else ''
        end as deel
    from {{ ref('int_prestatie_regel') }} as regel
    left join {{ ref('dim_persoon') }} as persoon
        on regel.pseudo_id = persoon.pseudo_id
    where regel.is_enig
),

soort as (
    select distinct
        ei_code,
        prestatiecodelijst,
        prestatiecode,
        aanspraak_zvw,
        is_duur_geneesmiddel,
        is_zorgactiviteit,
        leeftijd,
        deel
    from regel
),

ingedeeld as (
    select
        soort.ei_code,
        soort.prestatiecodelijst,
        soort.prestatiecode,
        soort.aanspraak_zvw,
        soort.is_duur_geneesmiddel,
        soort.is_zorgactiviteit,
        soort.leeftijd,
        soort.deel,
        domein.financieringsdomein,
        row_number() over (
            partition by
                soort.ei_code,
                soort.prestatiecodelijst,
                soort.prestatiecode,
                soort.aanspraak_zvw,
                soort.is_duur_geneesmiddel,
                soort.is_zorgactiviteit,
                soort.leeftijd,
                soort.deel
            order by domein.volgorde asc
        ) as volgnr
    from soort
    left join {{ ref('financieringsdomein') }} as domein
        on
            coalesce(domein.ei_code, soort.ei_code) = soort.ei_code
            and coalesce(domein.prestatiecodelijst, soort.prestatiecodelijst)
            = soort.prestatiecodelijst
            and soort.prestatiecode like coalesce(domein.code_begin, '') || '%'
            and soort.leeftijd between coalesce(domein.leeftijd_van, -1)
            and coalesce(domein.leeftijd_tot, 999)
            and coalesce(domein.aanspraak_zvw, soort.aanspraak_zvw) = soort.aanspraak_zvw
            and coalesce(domein.deel, soort.deel) = soort.deel
),

addon as (
    select distinct
        soort.ei_code,
        soort.prestatiecodelijst,
        soort.prestatiecode,
        soort.is_duur_geneesmiddel,
        soort.is_zorgactiviteit
    from soort
    inner join {{ ref('addon_geneesmiddel') }} as addon
        on
            soort.ei_code = addon.ei_code
            and coalesce(addon.prestatiecodelijst, soort.prestatiecodelijst)
            = soort.prestatiecodelijst
            and soort.prestatiecode like coalesce(addon.code_begin, '') || '%'
            and (addon.als_zorgactiviteit is null or soort.is_zorgactiviteit)
            and (addon.duur_geneesmiddel is null or soort.is_duur_geneesmiddel)
)

select
    regel.regel_id,
    coalesce(regel.sector, bij_lijst.sector, bij_code.sector, 'overig') as sector,
    coalesce(regel.financieringsdomein, ingedeeld.financieringsdomein, 'onbekend')
        as financieringsdomein,
    addon.ei_code is not null as is_add_on
from regel
left join ingedeeld
    on
        regel.ei_code = ingedeeld.ei_code
        and regel.prestatiecodelijst = ingedeeld.prestatiecodelijst
        and regel.prestatiecode = ingedeeld.prestatiecode
        and regel.aanspraak_zvw = ingedeeld.aanspraak_zvw
        and regel.is_duur_geneesmiddel = ingedeeld.is_duur_geneesmiddel
        and regel.is_zorgactiviteit = ingedeeld.is_zorgactiviteit
        and regel.leeftijd = ingedeeld.leeftijd
        and regel.deel = ingedeeld.deel
        and ingedeeld.volgnr = 1
left join addon
    on
        regel.ei_code = addon.ei_code
        and regel.prestatiecodelijst = addon.prestatiecodelijst
        and regel.prestatiecode = addon.prestatiecode
        and regel.is_duur_geneesmiddel = addon.is_duur_geneesmiddel
        and regel.is_zorgactiviteit = addon.is_zorgactiviteit
left join {{ ref('declaratie_sector') }} as bij_lijst
    on
        regel.ei_code = bij_lijst.ei_code
        and regel.prestatiecodelijst = bij_lijst.prestatiecodelijst
left join {{ ref('declaratie_sector') }} as bij_code
    on
        regel.ei_code = bij_code.ei_code
        and bij_code.prestatiecodelijst is null

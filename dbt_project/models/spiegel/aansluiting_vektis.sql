-- Reconciliation with the open data of Vektis: what it says per category and year beside what our
-- declarations add up to, for the country and per gemeente. Only years that Vektis published. The
-- rest row is in the country and in no gemeente. Ours is care under the Zvw, credit set off.
{% set niveaus = [['landelijk', "'NL'"], ['gemeente', 'gemeente_code']] %}
with eigen_persoon as (
    select
        cast(extract(year from begindatum) as integer) as jaar,
        pseudo_id,
        sector,
        sum(case when financieringsdomein = 'gemengd' then basis_eur else bedrag_eur end)
            as gedeclareerd_eur,
        sum(case when financieringsdomein = 'Zvw' then toegekend_eur end) as toegekend_eur
    from {{ ref('fct_prestatie') }}
    where financieringsdomein in ('Zvw', 'gemengd')
    group by cast(extract(year from begindatum) as integer), pseudo_id, sector
),

eigen_regel as (
    select
        eigen.jaar,
        persoon.gemeente_code,
        coalesce(sector.categorie, 'overig') as categorie,
        sum(eigen.gedeclareerd_eur) as gedeclareerd_eur,
        sum(eigen.toegekend_eur) as toegekend_eur
    from eigen_persoon as eigen
    inner join {{ ref('dim_persoon') }} as persoon
        on eigen.pseudo_id = persoon.pseudo_id
    left join {{ ref('vektis_sector') }} as sector
        on eigen.sector = sector.sector
    group by eigen.jaar, persoon.gemeente_code, coalesce(sector.categorie, 'overig')
),

bedrag as (
    {% for niveau, eenheid in niveaus %}
        select
            jaar,
            '{{ niveau }}' as niveau,
            {{ eenheid }} as eenheid_id,
            categorie,
            kosten_eur as vektis_eur,
            cast(null as decimal(18, 2)) as gedeclareerd_eur,
            cast(null as decimal(18, 2)) as toegekend_eur
        from {{ ref('fct_vektis_kosten') }}
        where '{{ niveau }}' = 'landelijk' or gemeente_code <> 'RESTREGEL'
        union all
        select
            jaar,
            '{{ niveau }}' as niveau,
            {{ eenheid }} as eenheid_id,
            categorie,
            cast(null as decimal(18, 2)) as vektis_eur,
            gedeclareerd_eur,
            toegekend_eur
        from eigen_regel
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

per_categorie as (
    select
        jaar,
        niveau,
        eenheid_id,
        coalesce(categorie, 'TOTAAL') as categorie,
        sum(vektis_eur) as vektis_eur,
        sum(gedeclareerd_eur) as gedeclareerd_eur,
        sum(toegekend_eur) as toegekend_eur
    from bedrag
    group by grouping sets ((jaar, niveau, eenheid_id, categorie), (jaar, niveau, eenheid_id))
),

verzekerde as (
    {% for niveau, eenheid in niveaus %}
        select
            jaar,
            '{{ niveau }}' as niveau,
            {{ eenheid }} as eenheid_id,
            sum(aantal_verzekerden) as verzekerden
        from {{ ref('fct_vektis_verzekerden') }}
        where '{{ niveau }}' = 'landelijk' or gemeente_code <> 'RESTREGEL'
        group by jaar{{ ', gemeente_code' if niveau == 'gemeente' }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    per_categorie.jaar,
    per_categorie.niveau,
    per_categorie.eenheid_id,
    per_categorie.categorie,
    cast(verzekerde.verzekerden as bigint) as vektis_verzekerden,
    cast(coalesce(per_categorie.vektis_eur, 0) as decimal(18, 2)) as vektis_eur,
    cast(coalesce(per_categorie.gedeclareerd_eur, 0) as decimal(18, 2)) as eigen_gedeclareerd_eur,
    cast(coalesce(per_categorie.toegekend_eur, 0) as decimal(18, 2)) as eigen_toegekend_eur,
    case
        when per_categorie.vektis_eur > 0
            then
                cast(coalesce(per_categorie.gedeclareerd_eur, 0) as double)
                / nullif(cast(per_categorie.vektis_eur as double), 0)
    end as aandeel
from per_categorie
inner join verzekerde
    on
        per_categorie.jaar = verzekerde.jaar
        and per_categorie.niveau = verzekerde.niveau
        and per_categorie.eenheid_id = verzekerde.eenheid_id

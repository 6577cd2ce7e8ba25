-- Net declared euros of specialist care, and how much of them for add-on medicines.
select
    'dure_geneesmiddelen_aandeel' as indicator_id,
    zorgaanbieder_id,
    pseudo_id,
    make_date(cast(extract(year from begindatum) as integer), 12, 31) as peildatum,
    diagnosegroep,
    cast(sum(case when is_add_on then bedrag_eur else 0 end) as decimal(18, 4)) as teller,
    cast(sum(bedrag_eur) as decimal(18, 4)) as noemer
from {{ ref('fct_prestatie') }}
where sector = 'msz'
group by zorgaanbieder_id, pseudo_id, extract(year from begindatum), diagnosegroep

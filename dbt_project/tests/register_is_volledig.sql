-- Each definition of the register is computed for the country (references need it) and for at least
-- one kind of period, names fact tables, levels and periods that exist, and says where it is asked
-- for; versions are numbers, and the case-mix model has a reason.
select
    indicator_id,
    definitie_versie,
    niveaus,
    periode_typen,
    feiten,
    bron
from {{ ref('ref_indicator') }}
where
    not {{ staat_in("'landelijk'", 'niveaus') }}
    or not regexp_full_match(periode_typen, '(jaar|kwartaal|maand)(;(jaar|kwartaal|maand))*')
    or not regexp_full_match(
        niveaus,
        '(landelijk|zorgkantoorregio|gemeente|verzekeraar|zorgaanbieder)'
        || '(;(landelijk|zorgkantoorregio|gemeente|verzekeraar|zorgaanbieder))*'
    )
    or not regexp_full_match(feiten, 'fct_[a-z_]+(;fct_[a-z_]+)*')
    or not regexp_full_match(definitie_versie, '[1-9][0-9]*')
    or not regexp_full_match(minimum_volume, '[1-9][0-9]*')
    or coalesce(length(bron), 0) < 10
    or coalesce(length(uitleg), 0) < 40
    or coalesce(length(casemix_reden), 0) < 20

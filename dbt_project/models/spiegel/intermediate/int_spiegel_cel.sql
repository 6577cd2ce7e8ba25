-- Cells of the mirror with their value, their unit and their sources.
select
    telling.definitie_id,
    telling.soort_meting,
    telling.niveau,
    telling.eenheid_id,
    telling.uitsplitsing,
    telling.uitsplitsing_waarde,
    telling.periode_type,
    telling.periode,
    coalesce(eenheid.eenheid_naam, telling.eenheid_id) as eenheid_naam,
    coalesce(eenheid.eenheid_regio_code, 'ONBEKEND') as eenheid_regio_code,
    coalesce(eenheid.peergroep, 'onbekend') as peergroep,
    telling.n_personen,
    herkomst.n_zorgaanbieders,
    telling.teller,
    telling.noemer,
    telling.teller_kwadraat,
    telling.verwacht,
    {{ waarde('telling.teller', 'telling.noemer', 'telling.soort_meting') }} as waarde,
    herkomst.dq_score
from {{ ref('int_spiegel_telling') }} as telling
inner join {{ ref('int_spiegel_herkomst') }} as herkomst
    on
        telling.definitie_id = herkomst.definitie_id
        and telling.niveau = herkomst.niveau
        and telling.eenheid_id = herkomst.eenheid_id
        and telling.uitsplitsing = herkomst.uitsplitsing
        and telling.uitsplitsing_waarde = herkomst.uitsplitsing_waarde
        and telling.periode_type = herkomst.periode_type
        and telling.periode = herkomst.periode
left join {{ ref('int_spiegel_eenheid') }} as eenheid
    on
        telling.niveau = eenheid.niveau
        and telling.eenheid_id = eenheid.eenheid_id
        and {{ geldig_op('eenheid', eind_van_periode('telling.periode')) }}

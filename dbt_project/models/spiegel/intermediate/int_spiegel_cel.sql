-- Cells of the mirror with their value, their unit and their sources.
select
    telling.groep_nr,
    telling.eenheid_id,
    groep.definitie_nr,
    groep.soort_meting,
    groep.niveau,
    coalesce(eenheid.eenheid_naam, telling.eenheid_id) as eenheid_naam,
    coalesce(eenheid.eenheid_regio_code, 'ONBEKEND') as eenheid_regio_code,
    coalesce(eenheid.peergroep, 'onbekend') as peergroep,
    telling.n_personen,
    herkomst.n_zorgaanbieders,
    telling.teller,
    telling.noemer,
    telling.teller_kwadraat,
    telling.teller_noemer,
    telling.noemer_kwadraat,
    telling.teller_kubus,
    telling.teller2_noemer,
    telling.teller_noemer2,
    telling.noemer_kubus,
    telling.verwacht,
    telling.verwacht_basis,
    {{ waarde('telling.teller', 'telling.noemer', 'groep.soort_meting') }} as waarde,
    herkomst.dq_score
from {{ ref('int_spiegel_telling') }} as telling
inner join {{ ref('int_spiegel_groep') }} as groep
    on telling.groep_nr = groep.groep_nr
inner join {{ ref('int_spiegel_herkomst') }} as herkomst
    on
        telling.groep_nr = herkomst.groep_nr
        and telling.eenheid_id = herkomst.eenheid_id
left join {{ ref('int_spiegel_eenheid') }} as eenheid
    on
        groep.niveau = eenheid.niveau
        and telling.eenheid_id = eenheid.eenheid_id
        and {{ geldig_op('eenheid', 'groep.periode_eind') }}

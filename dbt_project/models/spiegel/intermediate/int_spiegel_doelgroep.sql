-- Target groups of persons by period: who is in one, by any rule, on the last day of the period.
select distinct
    persoon.persoon_nr,
    periode.periode_nr,
    basis.basis_nr
from {{ ref('int_doelgroep_lid') }} as lid
inner join {{ ref('int_spiegel_persoon') }} as persoon
    on lid.pseudo_id = persoon.pseudo_id
inner join {{ ref('int_spiegel_basis') }} as basis
    on
        basis.basis = 'doelgroep'
        and lid.doelgroep = basis.basis_waarde
inner join {{ ref('int_spiegel_periode') }} as periode
    on periode.periode_eind between lid.van and lid.tot

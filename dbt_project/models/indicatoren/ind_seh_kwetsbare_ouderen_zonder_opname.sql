-- Visits of frail older persons to the emergency department (SEH) of a hospital, and whether no
-- admission followed within a day. Visits of the last day that is known do not count yet.
select
    'seh_kwetsbare_ouderen_zonder_opname' as indicator_id,
    bezoek.zorgaanbieder_id,
    bezoek.pseudo_id,
    bezoek.begindatum as peildatum,
    coalesce(bezoek.diagnosegroep, 'TOTAAL') as diagnosegroep,
    cast(case when bezoek.is_opgenomen then 0 else 1 end as decimal(18, 4)) as teller,
    cast(1 as decimal(18, 4)) as noemer
from {{ ref('fct_seh_contact') }} as bezoek
inner join {{ ref('dim_persoon') }} as persoon
    on bezoek.pseudo_id = persoon.pseudo_id
cross join {{ ref('int_bekend_tot') }}
where
    extract(year from bezoek.begindatum) - persoon.geboortejaar >= 75
    and {{ dagen_tussen('bezoek.begindatum', 'bekend_tot') }} >= 1

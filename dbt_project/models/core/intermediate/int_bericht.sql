-- Messages with the day their content became known and the sector of their standard.
select
    bericht.bericht_sleutel,
    bericht.standaard,
    standaard.sector,
    bericht.declarant_id,
    coalesce(bericht.dagtekening, bericht.einddatum, bericht.begindatum) as bekend_op
from {{ ref('stg_decl_bericht') }} as bericht
left join {{ ref('declaratiestandaard') }} as standaard
    on bericht.standaard = standaard.standaard

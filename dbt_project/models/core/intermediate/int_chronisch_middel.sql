-- Chronic medicines of a person with the days between which an agreement says they are in use.
-- Which medicines are chronic is data (geneesmiddel_chronisch); one without an end goes on.
select
    medicatie.pseudo_id,
    medicatie.code,
    {{ lokale_datum('coalesce(medicatie.begin_op, medicatie.geregistreerd_op)') }} as begindatum,
    coalesce({{ lokale_datum('medicatie.eind_op') }}, date '9999-12-31') as einddatum
from {{ ref('fct_medicatie') }} as medicatie
inner join {{ ref('codestelsel') }} as codestelsel
    on {{ codestelsel_vorm('medicatie.code_stelsel') }} = codestelsel.vorm
where
    codestelsel.codestelsel = 'http://www.whocc.no/atc'
    and not medicatie.is_stop
    and coalesce(medicatie.status, '') not in ('cancelled', 'entered-in-error', 'draft')
    and exists (
        select 1
        from {{ ref('geneesmiddel_chronisch') }} as chronisch
        where starts_with(medicatie.code, chronisch.atc_begin)
    )

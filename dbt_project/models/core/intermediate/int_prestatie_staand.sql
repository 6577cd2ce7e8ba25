-- Lines that ever stood, with the number of the debit they are or go with (debet_sleutel): a credit
-- that names none goes with none. A view, for most of its readers want few of its columns.
{{ config(materialized='view') }}
select
    regel_id,
    bericht_sleutel,
    identificatie,
    zorgaanbieder_id,
    referentie_sleutel,
    debet_credit,
    bekend_op,
    staat_van,
    staat_tot,
    case
        when debet_credit = 'C'
            then coalesce(voorgaande_referentie_sleutel, 'geen|' || referentie_sleutel)
        else referentie_sleutel
    end as debet_sleutel
from {{ ref('int_prestatie_regel') }}
where
    staat_van < staat_tot
    -- A line without a number of its own and of a debit goes with none, and cannot stand.
    and coalesce(
        case when debet_credit = 'C' then voorgaande_referentie_sleutel end, referentie_sleutel
    ) is not null

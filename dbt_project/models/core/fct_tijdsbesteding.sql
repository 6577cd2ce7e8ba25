-- Time that practitioners spent on a prestatie; telt_mee is that of the prestatie it belongs to.
select
    {{ sleutel(['bericht_sleutel', 'identificatie', 'volgnr']) }} as tijdsbesteding_id,
    {{ sleutel(['zorgaanbieder_id', 'referentie_sleutel']) }} as prestatie_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    soort_behandelaar,
    beroep,
    begindatum,
    einddatum,
    tijdseenheid,
    coalesce(aantal_direct, 0) as aantal_direct,
    coalesce(aantal_indirect, 0) as aantal_indirect,
    debet_credit,
    telt_mee
from {{ ref('int_tijdsbesteding') }}
where reden_code is null

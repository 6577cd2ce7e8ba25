-- Waits that are used. Weeks are rounded up, as the NZa does for publication.
with wacht as (
    select
        {{ sleutel(['bron_id', 'wachtregistratie_sleutel', 'fase']) }} as wachttijd_id,
        bron_id,
        pseudo_id,
        zorgaanbieder_id,
        echelon,
        fase,
        diagnosegroep,
        begindatum,
        einddatum,
        bekend_op,
        {{ dagen_tussen('begindatum', 'einddatum') }} as wachtdagen
    from {{ ref('int_wachttijd') }}
    where reden_code is null
)

select
    wachttijd_id,
    bron_id,
    pseudo_id,
    zorgaanbieder_id,
    echelon,
    fase,
    diagnosegroep,
    begindatum,
    einddatum,
    bekend_op,
    wachtdagen,
    {{ weken_naar_boven('wachtdagen') }} as wachtweken
from wacht

-- Claims (FHIR), one row each, with the reason why one is no declaration in euro; null means it
-- is. A withdrawn Claim counted until it was withdrawn; one that a later Claim names as its prior
-- counts until that one was made.
with {{ fhir_declaratie_kop(
    'stg_fhir_declaratie', ['totaal', 'totaal_valuta', 'voorganger_sleutel', 'voorganger_code']
) }},

vreemd as (
    select
        bron_id,
        resource_sleutel
    from {{ ref('stg_fhir_declaratie_regel') }}
    group by bron_id, resource_sleutel
    having
        max(case when bedrag is not null and coalesce(valuta, '') <> 'EUR' then 1 else 0 end) = 1
        or max(
            case
                when bedrag is null and prijs is not null and coalesce(prijs_valuta, '') <> 'EUR'
                    then 1
                else 0
            end
        ) = 1
),

opvolger as (
    select
        bron_id,
        voorganger_sleutel as resource_sleutel,
        pseudo_id,
        min(bekend_op) as bekend_op
    from kop
    where
        voorganger_code = 'prior'
        and voorganger_sleutel is not null
        and voorganger_sleutel <> resource_sleutel
        and status = 'active'
        and gebruik = 'claim'
    group by bron_id, voorganger_sleutel, pseudo_id
)

select
    kop.bron_id,
    kop.levering_id,
    kop.bestand,
    kop.regel,
    kop.resource_sleutel,
    {{ sleutel(['kop.bron_id', 'kop.resource_sleutel']) }} as zaak_sleutel,
    kop.nummer_sleutel,
    kop.pseudo_id,
    kop.zorgaanbieder_id,
    kop.uzovi,
    kop.begindatum,
    kop.einddatum,
    kop.bekend_op,
    case
        when kop.status = 'cancelled'
            then least(
                coalesce({{ lokale_datum('kop.beschikbaar_op') }}, kop.bekend_op),
                opvolger.bekend_op
            )
        else opvolger.bekend_op
    end as vervangen_op,
    kop.totaal,
    case
        when coalesce(kop.gebruik, '') <> 'claim' then 'FHIR-GEEN-DECLARATIE'
        when coalesce(kop.status, '') not in ('active', 'cancelled') then 'FHIR-STATUS-TELT-NIET'
        when vreemd.resource_sleutel is not null then 'FHIR-VALUTA'
        when kop.totaal is not null and coalesce(kop.totaal_valuta, '') <> 'EUR' then 'FHIR-VALUTA'
    end as reden_code
from kop
left join vreemd
    on
        kop.bron_id = vreemd.bron_id
        and kop.resource_sleutel = vreemd.resource_sleutel
left join opvolger
    on
        kop.bron_id = opvolger.bron_id
        and kop.resource_sleutel = opvolger.resource_sleutel
        and kop.pseudo_id = opvolger.pseudo_id

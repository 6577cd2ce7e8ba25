-- ExplanationOfBenefits (FHIR), one row each: which declaration each is about (zaak_sleutel),
-- whether its amounts count, and whether it stands for the declaration because no Claim was
-- delivered. One that names its Claim by number finds it in any source, when person and number
-- agree and no other Claim has that number. Of each insurer the newest counts.
with {{ fhir_declaratie_kop(
    'stg_fhir_toekenning', ['uitkomst', 'declaratie_sleutel', 'betaald', 'betaald_valuta']
) }},

vreemd as (
    select distinct
        bron_id,
        resource_sleutel
    from {{ ref('stg_fhir_toekenning_bedrag') }}
    where bedrag is not null and coalesce(valuta, '') <> 'EUR'
),

op_nummer as (
    select
        nummer_sleutel,
        pseudo_id,
        min(zaak_sleutel) as zaak_sleutel,
        min(reden_code) as reden_code
    from {{ ref('int_declaratie_fhir') }}
    where nummer_sleutel is not null
    group by nummer_sleutel, pseudo_id
    having count(*) = 1
),

gekoppeld as (
    select
        kop.bron_id,
        kop.levering_id,
        kop.bestand,
        kop.regel,
        kop.resource_sleutel,
        kop.pseudo_id,
        kop.zorgaanbieder_id,
        kop.uzovi,
        kop.begindatum,
        kop.einddatum,
        kop.bekend_op,
        case
            when kop.status = 'cancelled'
                then coalesce({{ lokale_datum('kop.beschikbaar_op') }}, kop.bekend_op)
        end as vervangen_op,
        kop.betaald,
        kop.uitkomst,
        kop.status,
        kop.nummer_sleutel,
        coalesce(declaratie.zaak_sleutel, op_nummer.zaak_sleutel) is not null as heeft_declaratie,
        coalesce(
            declaratie.zaak_sleutel,
            op_nummer.zaak_sleutel,
            {{ sleutel([
                'kop.bron_id',
                'coalesce(kop.declaratie_sleutel, kop.nummer_sleutel, kop.resource_sleutel)'
            ]) }}
        ) as zaak_sleutel,
        case
            when coalesce(kop.gebruik, '') <> 'claim' then 'FHIR-GEEN-DECLARATIE'
            when coalesce(kop.status, '') not in ('active', 'cancelled')
                then 'FHIR-STATUS-TELT-NIET'
            when vreemd.resource_sleutel is not null then 'FHIR-VALUTA'
            when kop.betaald is not null and coalesce(kop.betaald_valuta, '') <> 'EUR'
                then 'FHIR-VALUTA'
            when coalesce(declaratie.reden_code, op_nummer.reden_code) is not null
                then 'FHIR-DECLARATIE-TELT-NIET'
        end as reden_code
    from kop
    left join vreemd
        on
            kop.bron_id = vreemd.bron_id
            and kop.resource_sleutel = vreemd.resource_sleutel
    left join {{ ref('int_declaratie_fhir') }} as declaratie
        on
            kop.bron_id = declaratie.bron_id
            and kop.declaratie_sleutel = declaratie.resource_sleutel
    left join op_nummer
        on
            kop.nummer_sleutel = op_nummer.nummer_sleutel
            and kop.pseudo_id = op_nummer.pseudo_id
),

gerangschikt as (
    select
        bron_id,
        resource_sleutel,
        row_number() over (
            partition by zaak_sleutel, reden_code is null
            order by
                case when status = 'active' then 0 else 1 end asc,
                bekend_op desc,
                bron_id asc,
                resource_sleutel asc
        ) as volgnr,
        row_number() over (
            partition by
                zaak_sleutel,
                uzovi,
                reden_code is null and status = 'active' and uitkomst in ('complete', 'partial')
            order by bekend_op desc, bron_id asc, resource_sleutel asc
        ) as volgnr_verzekeraar
    from gekoppeld
)

select
    gekoppeld.bron_id,
    gekoppeld.levering_id,
    gekoppeld.bestand,
    gekoppeld.regel,
    gekoppeld.resource_sleutel,
    gekoppeld.zaak_sleutel,
    gekoppeld.nummer_sleutel,
    gekoppeld.heeft_declaratie,
    gekoppeld.pseudo_id,
    gekoppeld.zorgaanbieder_id,
    gekoppeld.uzovi,
    gekoppeld.begindatum,
    gekoppeld.einddatum,
    gekoppeld.bekend_op,
    gekoppeld.vervangen_op,
    gekoppeld.betaald,
    gekoppeld.reden_code,
    coalesce(
        gekoppeld.reden_code is null
        and not gekoppeld.heeft_declaratie
        and gerangschikt.volgnr = 1,
        false
    ) as is_leidend,
    coalesce(
        gekoppeld.reden_code is null
        and gekoppeld.status = 'active'
        and gekoppeld.uitkomst in ('complete', 'partial')
        and gerangschikt.volgnr_verzekeraar = 1,
        false
    ) as telt
from gekoppeld
inner join gerangschikt
    on
        gekoppeld.bron_id = gerangschikt.bron_id
        and gekoppeld.resource_sleutel = gerangschikt.resource_sleutel

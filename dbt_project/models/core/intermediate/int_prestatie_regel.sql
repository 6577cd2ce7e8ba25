-- Declaration lines of all channels, each with the reason why by itself it cannot be used now, and
-- the days from staat_van up to staat_tot on which it held its reference number. A number belongs
-- to one line at a time: to the one known first, as long as its message holds.
{% set altijd = "cast('9999-12-31' as date)" %}
{% set kolommen = [
    'bron_id',
    'levering_id',
    'bestand',
    'regel',
    'tabel',
    'kanaal',
    'bericht_sleutel',
    'identificatie',
    'standaard',
    'versie',
    'ei_code',
    'factuur_sleutel',
    'bekend_op',
    'zorgaanbieder_id',
    'praktijk_id',
    'pseudo_id',
    'uzovi',
    'sector',
    'financieringsdomein',
    'prestatiecodelijst',
    'prestatiecode',
    'begindatum',
    'einddatum',
    'zorgproductcode',
    'zorgtraject_sleutel',
    'subtraject_sleutel',
    'specialisme',
    'diagnosecodelijst',
    'diagnosecode',
    'verwijzer_soort',
    'zorgactiviteitcode',
    'zorgzwaartepakket',
    'is_duur_geneesmiddel',
    'aanspraak_zvw',
    'herdeclaratie',
    'aantal',
    'tijdseenheid',
    'berekend_cent',
    'bedrag_cent',
    'basis_cent',
    'aanvullend_cent',
    'toegekend_cent',
    'toegekend_op',
    'debet_credit',
    'referentie_sleutel',
    'voorgaande_referentie_sleutel'
] %}
with regel as (
    {% for kanaal in ['ei', 'fhir'] %}
        select
            {{ kolommen | join(',\n            ') }},
            vervangen_op,
            bericht_reden_code
        from {{ ref('int_prestatie_' ~ kanaal) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

genummerd as (
    select
        {{ kolommen | join(',\n        ') }},
        vervangen_op,
        bericht_reden_code,
        count(*) over (partition by tabel, bericht_sleutel, identificatie) = 1 as is_enig
    from regel
),

beoordeeld as (
    select
        {% for kolom in kolommen -%}
            genummerd.{{ kolom }},
        {% endfor %}
        genummerd.is_enig,
        coalesce(genummerd.vervangen_op, {{ altijd }}) as staat_tot,
        genummerd.vervangen_op is not null and genummerd.bericht_reden_code is null
            as is_vervangen,
        case
            when genummerd.pseudo_id is null then 'PERSOON-ONBEKEND'
            when aanbieder.zorgaanbieder_id is null then 'ZORGAANBIEDER-ONBEKEND'
            when genummerd.bericht_reden_code is not null then genummerd.bericht_reden_code
            when not genummerd.is_enig then 'EI-IDENTIFICATIE-DUBBEL'
            when genummerd.bedrag_cent is null then 'EI-BEDRAG-ONTBREEKT'
        end as gebrek
    from genummerd
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on genummerd.zorgaanbieder_id = aanbieder.zorgaanbieder_id
),

bezet as (
    select
        {{ kolommen | join(',\n        ') }},
        is_enig,
        staat_tot,
        is_vervangen,
        gebrek,
        max(case when gebrek is null then staat_tot end) over (
            partition by zorgaanbieder_id, referentie_sleutel
            order by bekend_op asc, bericht_sleutel asc, identificatie asc
            rows between unbounded preceding and 1 preceding
        ) as bezet_tot
    from beoordeeld
)

select
    {{ kolommen | join(',\n    ') }},
    is_enig,
    case
        when gebrek is null then greatest(bekend_op, coalesce(bezet_tot, bekend_op))
    end as staat_van,
    case when gebrek is null then staat_tot end as staat_tot,
    case
        -- What was wrong with a message that was sent again is past.
        when is_vervangen then 'EI-BERICHT-VERVANGEN'
        when gebrek is not null then gebrek
        when bezet_tot = {{ altijd }} then 'EI-REFERENTIE-DUBBEL'
    end as reden_code
from bezet

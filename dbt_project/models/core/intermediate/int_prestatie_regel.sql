-- Declaration lines of all channels, each with the reason why by itself it cannot be used now, and
-- the days from staat_van up to staat_tot on which it held its reference number. A number belongs
-- to one line at a time: to the one known first, as long as its message holds.
{% set altijd = "cast('9999-12-31' as date)" %}
{% set kolommen = [
    'bron_id', 'levering_id', 'bestand', 'regel', 'tabel', 'kanaal', 'bericht_sleutel',
    'identificatie', 'standaard', 'versie', 'ei_code', 'factuur_sleutel', 'bekend_op',
    'zorgaanbieder_id', 'praktijk_id', 'pseudo_id', 'uzovi', 'sector', 'financieringsdomein',
    'prestatiecodelijst', 'prestatiecode', 'begindatum', 'einddatum', 'zorgproductcode',
    'zorgtraject_sleutel', 'subtraject_sleutel', 'specialisme', 'diagnosecodelijst',
    'diagnosecode', 'verwijzer_soort', 'zorgactiviteitcode', 'zorgzwaartepakket',
    'is_duur_geneesmiddel', 'aanspraak_zvw', 'herdeclaratie', 'aantal', 'tijdseenheid',
    'berekend_cent', 'bedrag_cent', 'basis_cent', 'aanvullend_cent', 'toegekend_cent',
    'toegekend_op', 'debet_credit', 'referentie_sleutel', 'voorgaande_referentie_sleutel'
] %}
with regel as {{ niet_bewaard() }} (
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

-- Few lines share an identification or a number. Only those are looked at together: a window over
-- all would sort every column of every line. What a line needs is read again where it is needed: to
-- keep it all would take the memory of every column.
identificeert as {{ niet_bewaard() }} (
    select
        'decl_prestatie' as tabel,
        bericht_sleutel,
        identificatie
    from {{ ref('stg_decl_prestatie') }}
    union all
    select
        tabel,
        bericht_sleutel,
        identificatie
    from {{ ref('int_prestatie_fhir') }}
),

dubbel as (
    select
        tabel,
        bericht_sleutel,
        identificatie,
        true as is_dubbel
    from identificeert
    where {{ vaker_dan_eens('identificeert', ['tabel', 'bericht_sleutel', 'identificatie']) }}
    group by tabel, bericht_sleutel, identificatie
    having count(*) > 1
),

beoordeeld as {{ niet_bewaard() }} (
    select
        {% for kolom in kolommen -%}
            regel.{{ kolom }},
        {% endfor %}
        dubbel.is_dubbel is null as is_enig,
        coalesce(regel.vervangen_op, {{ altijd }}) as staat_tot,
        regel.vervangen_op is not null and regel.bericht_reden_code is null as is_vervangen,
        case
            when regel.pseudo_id is null then 'PERSOON-ONBEKEND'
            when aanbieder.zorgaanbieder_id is null then 'ZORGAANBIEDER-ONBEKEND'
            when regel.bericht_reden_code is not null then regel.bericht_reden_code
            when dubbel.is_dubbel then 'EI-IDENTIFICATIE-DUBBEL'
            when regel.bedrag_cent is null then 'EI-BEDRAG-ONTBREEKT'
        end as gebrek
    from regel
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on regel.zorgaanbieder_id = aanbieder.zorgaanbieder_id
    left join dubbel
        on
            regel.tabel = dubbel.tabel
            and regel.bericht_sleutel = dubbel.bericht_sleutel
            and regel.identificatie is not distinct from dubbel.identificatie
),

-- Lines that can be used, by number.
met_nummer as {{ niet_bewaard() }} (
    select
        tabel,
        bericht_sleutel,
        identificatie,
        zorgaanbieder_id,
        referentie_sleutel,
        bekend_op,
        staat_tot
    from beoordeeld
    where gebrek is null
),

bezet as (
    select
        tabel,
        bericht_sleutel,
        identificatie,
        max(staat_tot) over (
            partition by zorgaanbieder_id, referentie_sleutel
            order by bekend_op asc, bericht_sleutel asc, identificatie asc
            rows between unbounded preceding and 1 preceding
        ) as bezet_tot
    from met_nummer
    where {{ vaker_dan_eens('met_nummer', ['zorgaanbieder_id', 'referentie_sleutel']) }}
)

select
    {% for kolom in kolommen -%}
        beoordeeld.{{ kolom }},
    {% endfor %}
    {{ regel_id('beoordeeld') }} as regel_id,
    beoordeeld.is_enig,
    case
        when beoordeeld.gebrek is null
            then greatest(
                beoordeeld.bekend_op, coalesce(bezet.bezet_tot, beoordeeld.bekend_op)
            )
    end as staat_van,
    case when beoordeeld.gebrek is null then beoordeeld.staat_tot end as staat_tot,
    case
        -- What was wrong with a message that was sent again is past.
        when beoordeeld.is_vervangen then 'EI-BERICHT-VERVANGEN'
        when beoordeeld.gebrek is not null then beoordeeld.gebrek
        when bezet.bezet_tot = {{ altijd }} then 'EI-REFERENTIE-DUBBEL'
    end as reden_code
from beoordeeld
left join bezet
    on
        beoordeeld.tabel = bezet.tabel
        and beoordeeld.bericht_sleutel = bezet.bericht_sleutel
        and beoordeeld.identificatie is not distinct from bezet.identificatie

-- Rows of the national waiting list, each with the reason why it cannot be used; null means
-- accepted. Someone is on it once a day (NZa on the Wlz, lines 421-431): of several dossiers the
-- one whose status began first counts.
{% set kolommen = [
    'bron_id',
    'levering_id',
    'bestand',
    'regel',
    'wlz_indicatie_sleutel',
    'peildatum',
    'zorgaanbieder_id',
    'pseudo_id',
    'sector',
    'wachtstatus',
    'classificatie',
    'begin_status',
    'begin_registratie',
    'voorkeur_aanbieder_id',
    'zorgkantoorregio_code',
    'overbruggingszorg',
    'reden_wachten',
    'laatst_contact'
] %}
with beoordeeld as (
    select
        stand.bron_id,
        stand.levering_id,
        stand.bestand,
        stand.regel,
        stand.wlz_indicatie_sleutel,
        stand.peildatum,
        stand.dossierhouder_id as zorgaanbieder_id,
        stand.pseudo_id,
        stand.sector,
        stand.wachtstatus,
        stand.classificatie,
        stand.begin_status,
        stand.begin_registratie,
        stand.voorkeur_aanbieder_id,
        stand.zorgkantoorregio_code,
        stand.overbruggingszorg,
        stand.reden_wachten,
        stand.laatst_contact,
        case
            when aanbieder.zorgaanbieder_id is null then 'ZORGAANBIEDER-ONBEKEND'
            when
                stand.begin_status > stand.peildatum
                or stand.begin_registratie > stand.begin_status
                then 'DATUM-VOLGORDE'
            when indicatie.wlz_indicatie_sleutel is null then 'WLZ-INDICATIE-ONBEKEND'
        end as reden_code
    from {{ ref('stg_reg_wlz_wachtlijst') }} as stand
    left join {{ ref('dim_zorgaanbieder') }} as aanbieder
        on stand.dossierhouder_id = aanbieder.zorgaanbieder_id
    left join {{ ref('int_wlz_indicatie') }} as indicatie
        on
            stand.wlz_indicatie_sleutel = indicatie.wlz_indicatie_sleutel
            and stand.pseudo_id = indicatie.pseudo_id
            and indicatie.reden_code is null
),

-- Few people wait in more than one dossier: only their rows are put in order.
meermaals as (
    select
        pseudo_id,
        peildatum
    from beoordeeld
    where reden_code is null
    group by pseudo_id, peildatum
    having count(*) > 1
),

genummerd as (
    select
        beoordeeld.wlz_indicatie_sleutel,
        beoordeeld.peildatum,
        beoordeeld.zorgaanbieder_id,
        row_number() over (
            partition by beoordeeld.pseudo_id, beoordeeld.peildatum
            order by
                beoordeeld.begin_status asc,
                beoordeeld.begin_registratie asc,
                beoordeeld.zorgaanbieder_id asc,
                beoordeeld.wlz_indicatie_sleutel asc
        ) as volgnr
    from beoordeeld
    inner join meermaals
        on
            beoordeeld.pseudo_id = meermaals.pseudo_id
            and beoordeeld.peildatum = meermaals.peildatum
    where beoordeeld.reden_code is null
)

select
    {% for kolom in kolommen -%}
        beoordeeld.{{ kolom }},
    {% endfor %}
    case when genummerd.volgnr > 1 then 'WLZ-DUBBEL-WACHTEND' else beoordeeld.reden_code end
        as reden_code
from beoordeeld
left join genummerd
    on
        beoordeeld.wlz_indicatie_sleutel = genummerd.wlz_indicatie_sleutel
        and beoordeeld.peildatum = genummerd.peildatum
        and beoordeeld.zorgaanbieder_id = genummerd.zorgaanbieder_id
        and beoordeeld.reden_code is null

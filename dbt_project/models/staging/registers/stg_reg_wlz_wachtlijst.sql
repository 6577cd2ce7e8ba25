-- The national waiting list: a later period replaces an earlier one of the same day and dossier.
with genummerd as (
    select
        bron_id,
        levering_id,
        bestand,
        regel,
        wlz_indicatie_sleutel,
        peildatum,
        dossierhouder_id,
        pseudo_id,
        sector,
        wachtstatus,
        classificatie,
        begin_status,
        begin_registratie,
        voorkeur_aanbieder_id,
        zorgkantoorregio_code,
        overbruggingszorg,
        reden_wachten,
        laatst_contact,
        row_number() over (
            partition by wlz_indicatie_sleutel, peildatum, dossierhouder_id
            order by
                nullif(periode, 'onbekend') desc nulls last,
                {{ rij_getal([
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
                ]) }} desc,
                bron_id asc,
                levering_id asc,
                bestand asc,
                regel asc
        ) as volgnr
    from {{ source('raw', 'reg_wlz_wachtlijst') }}
)

select
    bron_id,
    levering_id,
    bestand,
    regel,
    wlz_indicatie_sleutel,
    peildatum,
    dossierhouder_id,
    pseudo_id,
    sector,
    wachtstatus,
    classificatie,
    begin_status,
    begin_registratie,
    voorkeur_aanbieder_id,
    zorgkantoorregio_code,
    overbruggingszorg,
    reden_wachten,
    laatst_contact
from genummerd
where volgnr = 1

-- The national waiting list: a later period replaces an earlier one of the same day and dossier.
{{ register_staging(
    'reg_wlz_wachtlijst',
    ['wlz_indicatie_sleutel', 'peildatum', 'dossierhouder_id'],
    [
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
    ]
) }}

-- Decisions on long-term care: a later period replaces an earlier one.
{{ register_staging(
    'reg_wlz_indicatie',
    ['wlz_indicatie_sleutel'],
    [
        'pseudo_id',
        'geboortejaar',
        'geslacht',
        'pc4',
        'sector',
        'grondslag',
        'zorgprofiel',
        'afgiftedatum',
        'ingangsdatum',
        'einddatum',
        'zorgkantoorregio_code'
    ]
) }}

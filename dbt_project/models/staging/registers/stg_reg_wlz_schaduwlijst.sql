-- Own lists of care providers: a later period replaces an earlier one of the same day.
{{ register_staging(
    'reg_wlz_schaduwlijst',
    ['zorgaanbieder_id', 'pseudo_id', 'peildatum'],
    ['sector', 'schaduw_soort', 'begin'],
    namen={'begin': 'begindatum'}
) }}

-- Address book: a later period replaces an earlier one for the same provider and start date.
{{ register_staging(
    'reg_zorgaanbieder',
    ['zorgaanbieder_id', 'geldig_van'],
    ['naam', 'soort', 'gemeente_code', 'geldig_tot', 'opvolger_id'],
    voorrang=['geldig_tot']
) }}

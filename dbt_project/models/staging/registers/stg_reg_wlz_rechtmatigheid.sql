-- Statements of Wlz-uitvoerders: a later period replaces an earlier one.
{{ register_staging(
    'reg_wlz_rechtmatigheid',
    ['jaar', 'uitvoerder_id', 'leveringsvorm', 'oordeel'],
    ['bedrag_cent']
) }}

-- Contracts: a later period replaces an earlier one for the same parties, sector and start date.
{{ register_staging(
    'reg_contract',
    ['zorgaanbieder_id', 'uzovi', 'sector', 'geldig_van'],
    ['geldig_tot', 'gecontracteerd'],
    deel=['zorgaanbieder_id', 'uzovi', "coalesce(sector, '')", 'geldig_van']
) }}

-- Inhabitants: a later period replaces an earlier one.
{{ register_staging(
    'reg_bevolking',
    ['jaar', 'pc4', 'gemeente_code', 'leeftijdsklasse', 'geslacht'],
    ['welvaart_kwintiel', 'inwoners']
) }}

-- Kerncijfers of long-term care, each from its wide mart. Someone is in care or on the list, so the
-- share in care is what the share on the list leaves (NZa on the Wlz, lines 47-49).
{% set wachtlijst = [
    ('K01', '100 - 100 * aandeel_wachtend', 'TOTAAL'),
    ('K02', '100 * aandeel_wachtend', 'TOTAAL'),
    ('K05', '100 * aandeel_boven_norm', 'ghz'),
    ('K06', '100 * aandeel_boven_norm', 'ggz_wlz'),
    ('K07', '100 * aandeel_boven_norm', 'vv'),
    ('K05n', 'n_boven_norm', 'ghz'),
    ('K06n', 'n_boven_norm', 'ggz_wlz'),
    ('K07n', 'n_boven_norm', 'vv'),
    ('K08', 'n_wachtend', 'TOTAAL'),
    ('K10', 'n_geindiceerd', 'TOTAAL')
] %}
{% set rechtmatigheid = [
    ('K14', 'bedrag_mln_eur', 2023, 'rechtmatig', 'TOTAAL'),
    ('K14b', 'bedrag_mln_eur', 2022, 'rechtmatig', 'TOTAAL'),
    ('K15', 'bedrag_mln_eur', 2023, 'onrechtmatig', 'TOTAAL'),
    ('K15b', 'bedrag_mln_eur', 2022, 'onrechtmatig', 'TOTAAL'),
    ('K16', 'bedrag_mln_eur', 2023, 'onzeker', 'TOTAAL'),
    ('K16b', 'bedrag_mln_eur', 2022, 'onzeker', 'TOTAAL'),
    ('K17', 'bedrag_mln_eur', 2023, 'TOTAAL', 'TOTAAL'),
    ('K17b', 'bedrag_mln_eur', 2022, 'TOTAAL', 'TOTAAL'),
    ('K18', '100 * aandeel_van_oordeel', 2023, 'onrechtmatig', 'pgb'),
    ('K18b', '100 * aandeel_van_oordeel', 2023, 'onzeker', 'pgb')
] %}
{% for code, waarde, sector in wachtlijst %}
    select
        '{{ code }}' as code,
        cast({{ waarde }} as decimal(18, 4)) as gerealiseerd
    from {{ ref('wlz_wachtlijst') }}
    where
        peildatum = date '2023-12-01'
        and sector = '{{ sector }}'
        and wachtstatus = 'TOTAAL'
        and zorgkantoorregio_code = 'TOTAAL'
    union all
{% endfor %}
{% for code, waarde, jaar, oordeel, leveringsvorm in rechtmatigheid %}
    select
        '{{ code }}' as code,
        cast({{ waarde }} as decimal(18, 4)) as gerealiseerd
    from {{ ref('wlz_rechtmatigheid') }}
    where
        jaar = {{ jaar }}
        and oordeel = '{{ oordeel }}'
        and leveringsvorm = '{{ leveringsvorm }}'
        and uitvoerder_id = 'TOTAAL'
    union all
{% endfor %}
select
    'K13b' as code,
    cast(nullif(count(distinct uitvoerder_id), 0) as decimal(18, 4)) as gerealiseerd
from {{ ref('fct_rechtmatigheid') }}

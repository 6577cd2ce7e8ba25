-- Kerncijfers that are indicators: the national figure of a year, times a factor, plus a term.
{% set cijfers = [
    ('K25c', 'dure_geneesmiddelen_groei', '2024', 100, -100),
    ('K27b', 'dure_geneesmiddelen_aandeel', '2023', 100, 0),
    ('K35h', 'valincident_65plus', '2023', 100, 0),
] %}
with landelijk as (
    select
        indicator_id,
        periode,
        waarde
    from {{ ref('spiegel_indicator') }}
    where
        niveau = 'landelijk'
        and uitsplitsing = 'TOTAAL'
        and periode_type = 'jaar'
)

{% for code, indicator, jaar, factor, term in cijfers %}
    select
        '{{ code }}' as code,
        cast(max(waarde) * {{ factor }} + {{ term }} as decimal(18, 4)) as gerealiseerd
    from landelijk
    where indicator_id = '{{ indicator }}' and periode = '{{ jaar }}'
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}

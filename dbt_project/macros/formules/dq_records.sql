{# Source records per source, care provider, year and fact, and over all facts together: what the
   score of data quality is a share of. #}
{% macro dq_records() -%}
    select
        bron_id,
        zorgaanbieder_id,
        periode,
        tabel,
        n_totaal
    from {{ ref('int_dq_totaal') }}
    union all
    select
        bron_id,
        zorgaanbieder_id,
        periode,
        'TOTAAL' as tabel,
        sum(n_totaal) as n_totaal
    from {{ ref('int_dq_totaal') }}
    group by bron_id, zorgaanbieder_id, periode
{%- endmacro %}

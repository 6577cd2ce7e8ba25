{# Statement that makes raw.<naam> of a list of Parquet files. Codes are inside the files, so the
   folder names are not read as columns. #}
{% macro bron_relatie(naam, bestanden) %}
    {{ return(adapter.dispatch('bron_relatie')(naam, bestanden)) }}
{% endmacro %}

{% macro duckdb__bron_relatie(naam, bestanden) %}
    create or replace view raw.{{ naam }} as
    select *
    from read_parquet(
        [
            {%- for bestand in bestanden %}
            '{{ bestand | replace("'", "''") }}'{{ ',' if not loop.last }}
            {%- endfor %}
        ],
        union_by_name = true, hive_partitioning = false
    )
{% endmacro %}

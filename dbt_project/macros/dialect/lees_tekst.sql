{# Content of a text file, as one string. #}
{% macro lees_tekst(pad) %}
    {{ return(adapter.dispatch('lees_tekst')(pad)) }}
{% endmacro %}

{% macro duckdb__lees_tekst(pad) %}
    {% set rijen = run_query("select content from read_text('" ~ pad | replace("'", "''") ~ "')") %}
    {{ return(rijen.columns[0].values()[0]) }}
{% endmacro %}

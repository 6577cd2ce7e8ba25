{#
    Makes every source a plain relation in schema raw, from an explicit list of files.
    The list names committed deliveries only, so a half-written one is never read; every table has
    a file without rows in it, so no list is empty.
#}
{% macro maak_bronnen() %}
    {% if execute and env_var('IZA_BUILD_INDEX', '') %}
        {% set index = fromjson(lees_tekst(env_var('IZA_BUILD_INDEX'))) %}
        {% do run_query('create schema if not exists raw') %}
        {% for bron in graph.sources.values() | sort(attribute='name') %}
            {% do run_query(bron_relatie(bron.name, index[bron.name])) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

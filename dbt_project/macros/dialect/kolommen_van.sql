{# Names of the columns of a built relation, sorted, without those in `zonder`. #}
{% macro kolommen_van(relatie, zonder=[]) %}
    {% set namen = [] %}
    {% if execute %}
        {% for kolom in adapter.get_columns_in_relation(relatie) if kolom.name not in zonder %}
            {% do namen.append(kolom.name) %}
        {% endfor %}
    {% endif %}
    {{ return(namen | sort or ['1']) }}
{% endmacro %}

{# Layers are schemas; a run has its own database, so no prefix is needed. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}

{#
    The columns of the contract of the model that is built, in its order: for models that select and
    filter, so that the contract is the only list. While dbt parses, and in the linter, there is none.
#}
{% macro kolommen_van_contract() %}
    {%- set namen = model.columns.keys() | list if model is defined and model.columns else ['1'] -%}
    {{ namen | join(',\n    ') }}
{%- endmacro %}

{#
    A view in the database of one build, made under its own name like a table (table.sql): the adapter's
    own materialisation makes one beside it, renames and drops.
#}
{% materialization view, adapter='duckdb' %}
    {%- set doel = this.incorporate(type='view') -%}
    {%- do ruim_andere_soort(this, 'view') -%}
    {%- call statement('main') -%}
        create or replace view {{ doel }} as (
            {{ compiled_code }}
        )
    {%- endcall -%}
    {%- if config.get('contract').enforced -%}
        {%- do toets_kolommen(doel) -%}
    {%- endif -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [doel]}) }}
{% endmaterialization %}

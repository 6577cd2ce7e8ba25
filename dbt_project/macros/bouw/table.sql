{#
    A table in the database of one build: made under its own name, in one statement. The adapter's
    own materialisation is for a database that people read meanwhile: it describes the query twice,
    makes a table beside the old one, renames and drops, some ten statements a model more. A build
    has nothing to replace and no reader (docs/decisions/0040). Hooks, grants and indexes are not
    for here.
#}
{% materialization table, adapter='duckdb' %}
    {%- set doel = this.incorporate(type='table') -%}
    {%- do ruim_andere_soort(this, 'table') -%}
    {%- call statement('main') -%}
        create or replace table {{ doel }} as (
            {{ compiled_code }}
        )
    {%- endcall -%}
    {%- if config.get('contract').enforced -%}
        {%- do toets_kolommen(doel) -%}
        {%- do toets_gevuld(doel) -%}
    {%- endif -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [doel]}) }}
{% endmaterialization %}

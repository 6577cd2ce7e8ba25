{# Stops, with dbt's own message, when a table has other columns or types than its contract; and a
   mart, of which the columns leave the build as they are, when their order is another. #}
{% macro toets_kolommen(tabel) -%}
    {%- set gemaakt = [] -%}
    {%- for kolom in adapter.get_column_schema_from_query('from ' ~ tabel) -%}
        {%- do gemaakt.append((kolom.name ~ ' ' ~ kolom.dtype) | lower) -%}
    {%- endfor -%}
    {%- set beloofd = [] -%}
    {%- for kolom in model.columns.values() -%}
        {%- do beloofd.append((kolom.name ~ ' ' ~ kolom.data_type) | lower) -%}
    {%- endfor -%}
    {%- if gemaakt | sort != beloofd | sort -%}
        {%- do get_assert_columns_equivalent(compiled_code) -%}
        {%- do exceptions.raise_compiler_error('The contract names types in another way than the '
            ~ 'engine does: ' ~ beloofd | join(', ')) -%}
    {%- elif config.get('meta', {}).get('mart') and gemaakt != beloofd -%}
        {%- do exceptions.raise_compiler_error('The columns are not in the order of the contract: '
            ~ gemaakt | join(', ')) -%}
    {%- endif -%}
{%- endmacro %}

{# Stops when a column that its contract says is never empty has an empty cell. #}
{% macro toets_gevuld(tabel) -%}
    {%- set tellingen = [] -%}
    {%- for kolom in model.columns.values() -%}
        {%- if kolom.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
            {%- do tellingen.append('count(*) - count(' ~ kolom.name ~ ') as ' ~ kolom.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if tellingen -%}
        {%- set rij = run_query('select ' ~ tellingen | join(', ') ~ ' from ' ~ tabel) -%}
        {%- for naam in rij.column_names if rij.columns[naam].values()[0] > 0 -%}
            {%- do exceptions.raise_compiler_error('NOT NULL constraint failed: column ' ~ naam
                ~ ' is empty in ' ~ rij.columns[naam].values()[0] ~ ' rows') -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

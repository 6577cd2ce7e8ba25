{#
    The day on which acceptance of definitions counts, as text. It differs from build to build, so it
    is told in the environment when statements are made; the project is parsed without it.
#}
{% macro akkoord_dag() -%}
    {{ env_var('IZA_BUILD_AKKOORD_OP', var('akkoord_op')) if execute else var('akkoord_op') }}
{%- endmacro %}

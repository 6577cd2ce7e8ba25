{# Whether this build has to show the published figures: it is told (IZA_KERNCIJFERS, see
   docs/settings.md), and never guessed from the data. #}
{% macro belooft_kerncijfers() -%}
    {{ return(execute and env_var('IZA_BUILD_KERNCIJFERS', 'show') == 'check') }}
{%- endmacro %}

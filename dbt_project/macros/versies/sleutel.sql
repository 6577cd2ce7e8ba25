{# MD5 over columns as text. Null and the empty text differ; the separator keeps ('a', 'bc') and
   ('ab', 'c') apart. #}
{% macro sleutel(kolommen) -%}
    md5(
        {%- for kolom in kolommen %}
        coalesce(cast({{ kolom }} as varchar), '~'){{ " || '|' ||" if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# Key of a person without a BSN: a letter for the kind of source and a hash of the source's own
   (already pseudonymous) keys. Two sources never meet in it. #}
{% macro persoon_in_bron(letter, kolommen) -%}
    '{{ letter }}' || left({{ sleutel(kolommen) }}, 32)
{%- endmacro %}

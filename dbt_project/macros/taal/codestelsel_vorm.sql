{# The identifier of a code system as written, without what does not tell systems apart: a version
   behind a bar, a closing slash, an edition of SNOMED CT; a bare OID gets its `urn:oid:`. #}
{% macro codestelsel_vorm(kolom) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(trim({{ kolom }}), '[|].*$|/$', ''),
            '^(https?)://snomed[.]info/sct/.*$',
            'http://snomed.info/sct'
        ),
        '^([0-2]([.][0-9]+)+)$',
        'urn:oid:\1'
    )
{%- endmacro %}

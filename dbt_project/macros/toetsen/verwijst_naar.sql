{# Data test: every value that is filled occurs in another relation. #}
{% test verwijst_naar(model, column_name, naar, kolom, behalve=none) %}
select van.{{ column_name }}
from {{ model }} as van
left join {{ naar }} as naar
    on van.{{ column_name }} = naar.{{ kolom }}
where
    van.{{ column_name }} is not null
    and naar.{{ kolom }} is null
    {%- if behalve is not none %}
    and van.{{ column_name }} <> '{{ behalve }}'
    {%- endif %}
{% endtest %}

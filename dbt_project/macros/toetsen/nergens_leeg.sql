{# Data test: none of the columns has an empty cell. One query for all of them. #}
{% test nergens_leeg(model, kolommen) %}
select {{ kolommen | join(', ') }}
from {{ model }}
where
    {% for kolom in kolommen -%}
        {{ 'or ' if not loop.first }}{{ kolom }} is null
    {% endfor %}
{% endtest %}

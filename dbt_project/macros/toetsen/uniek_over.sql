{# Data test: the columns together are a key; no two rows share it and none of them is null. #}
{% test uniek_over(model, kolommen) %}
select
    {{ kolommen | join(', ') }},
    count(*) as aantal
from {{ model }}
group by {{ kolommen | join(', ') }}
having
    count(*) > 1
    {%- for kolom in kolommen %}
    or {{ kolom }} is null
    {%- endfor %}
{% endtest %}

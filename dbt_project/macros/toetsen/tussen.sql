{# Data test: every value that is filled lies between two bounds, the bounds included. #}
{% test tussen(model, column_name, laagste, hoogste) %}
select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ laagste }} or {{ column_name }} > {{ hoogste }}
{% endtest %}

-- A hard kerncijfer of the demo region has a value within its tolerance, or the build stops.
{{ config(group='kern', severity='error') }}
select
    code,
    gepubliceerd,
    gerealiseerd,
    tolerantie
from {{ ref('kerncijfer') }}
where
    toets = 'hard'
    and uitkomst in ('buiten', 'geen_gegevens')
    {% if not belooft_kerncijfers() %}
        and false
    {% endif %}

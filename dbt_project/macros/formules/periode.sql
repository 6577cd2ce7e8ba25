{#
    Periods as numbers, so that they compare and join fast: year, kind (0 jaar, 1 kwartaal, 2 maand)
    and place in the year. 20250000 is 2025, 20250103 is 2025Q3, 20250211 is 2025-11. Subtracting
    10000 gives the same period of the year before.
#}
{% macro periode_nr(periode_type, datum) -%}
    cast(
        extract(year from {{ datum }}) * 10000
        + case {{ periode_type }}
            when 'jaar' then 0
            when 'kwartaal' then 100 + extract(quarter from {{ datum }})
            when 'maand' then 200 + extract(month from {{ datum }})
        end as integer
    )
{%- endmacro %}

{# Kind of a numbered period. #}
{% macro periode_type_van(nr) -%}
    case substr(cast({{ nr }} as varchar), 5, 2)
        when '00' then 'jaar'
        when '01' then 'kwartaal'
        when '02' then 'maand'
    end
{%- endmacro %}

{# A numbered period as it is shown: 2025, 2025Q1 or 2025-01. #}
{% macro periode_van(nr) -%}
    left(cast({{ nr }} as varchar), 4)
    || case substr(cast({{ nr }} as varchar), 5, 2)
        when '00' then ''
        when '01' then 'Q' || right(cast({{ nr }} as varchar), 1)
        when '02' then '-' || right(cast({{ nr }} as varchar), 2)
    end
{%- endmacro %}

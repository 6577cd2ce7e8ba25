{# Last day of a period (2025, 2025Q1 or 2025-01); null when the period is unknown. #}
{% macro eind_van_periode(periode) -%}
    case
        when length({{ periode }}) = 4
            then make_date(cast({{ periode }} as integer), 12, 31)
        when substr({{ periode }}, 5, 1) = 'Q'
            then last_day(
                make_date(
                    cast(left({{ periode }}, 4) as integer),
                    3 * cast(substr({{ periode }}, 6, 1) as integer),
                    1
                )
            )
        when substr({{ periode }}, 5, 1) = '-'
            then last_day(
                make_date(
                    cast(left({{ periode }}, 4) as integer),
                    cast(substr({{ periode }}, 6, 2) as integer),
                    1
                )
            )
    end
{%- endmacro %}

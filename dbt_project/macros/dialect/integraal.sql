{# Integral of an expression in `u` from 0 to a bound, by Gauss-Legendre quadrature. The bound is
   computed once. Terms are added in the order of the points, so the result repeats. #}
{% macro integraal(uitdrukking, tot) -%}
    {{ adapter.dispatch('integraal')(uitdrukking, tot) }}
{%- endmacro %}

{% macro duckdb__integraal(uitdrukking, tot) -%}
    list_extract(
        list_transform(
            [{{ tot }}],
            lambda tot: tot * list_dot_product(
                cast([{{ gauss_legendre_gewichten() }}] as double []),
                list_transform(
                    list_transform(
                        cast([{{ gauss_legendre_punten() }}] as double []), lambda deel: deel * tot
                    ),
                    lambda u: {{ uitdrukking }}
                )
            )
        ),
        1
    )
{%- endmacro %}

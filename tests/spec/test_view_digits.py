"""Every decimal comes out with the digits it came in with, in whatever way it is read."""

from __future__ import annotations

import duckdb
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.fhir.view.compiler import compile_view

VIEW = {
    "resource": "Observation",
    "select": [
        {"column": [{"name": "een", "path": "value.ofType(Quantity).value", "type": "decimal"}]},
        {
            "column": [
                {
                    "name": "alle",
                    "path": "component.value.ofType(Quantity).value",
                    "collection": True,
                }
            ]
        },
    ],
    "where": [{"path": "value.ofType(Quantity).value.exists()"}],
}
DIGITS = st.text("0123456789", min_size=1, max_size=18)
NUMBERS = st.builds(
    lambda sign, whole, fraction, exponent: (
        f"{sign}{whole.lstrip('0') or '0'}{'.' if fraction else ''}{fraction}{exponent}"
    ),
    st.sampled_from(["", "-"]),
    DIGITS,
    st.text("0123456789", max_size=18),
    st.sampled_from(["", "", "", "e5", "E-7", "e+300", "e-400"]),
)


BEGINS = ['"resourceType":"Observation"', '"id":"a", "resourceType" : "Observation"']


def rows(numbers: list[str], space: str, begin: str) -> list[tuple[str, list[str]]]:
    texts = [
        f'{{{begin},"note":[{{"text":"\\"value\\": 1.0"}}],'
        f'"valueQuantity":{{"value"{space}:{space}{n}}},"component":['
        f'{{"valueQuantity":{{"value":{n}{space}}}}},{{"valueQuantity":{{"value":7.5}}}}]}}'
        for n in numbers
    ]
    with duckdb.connect() as con:
        con.execute("create table bron as select unnest(?) as tekst", [texts])
        return con.execute(compile_view(VIEW, "select tekst from bron").sql).fetchall()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(NUMBERS, min_size=1, max_size=60),
    st.sampled_from(["", " ", "\n\t"]),
    st.sampled_from(BEGINS),
)
@example(
    ["0", "-0", "0.0", "-0.0", "-0.10", "2.00", "1e-7", "0.00001", "0.0001", "100"], "", BEGINS[0]
)
@example(
    ["9007199254740993", "999999999999999", "-999999999999999.5", "0.1234567890123"], " ", BEGINS[1]
)
def test_digits_stay(numbers: list[str], space: str, begin: str) -> None:
    assert rows(numbers, space, begin) == [(n, [n, "7.5"]) for n in numbers]

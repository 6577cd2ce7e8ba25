"""Register descriptions fit the raw tables they feed, and each other."""

from __future__ import annotations

import re

import pytest

from ingest.registers.header import recognise
from schemas.registers import registers
from schemas.tables import TABELLEN, kolommen

EACH = pytest.mark.parametrize("register", registers(), ids=lambda r: r.tabel)


def fed(register) -> set[str]:
    names = {k.kolom for k in register.kolommen}
    if register.jaar_uit_naam:
        names.add("jaar")
    if register.draaiing:
        names |= {register.draaiing.naam_kolom, register.draaiing.waarde_kolom}
    return names


def test_every_register_table_has_its_description() -> None:
    assert {r.tabel for r in registers()} == {t for t in TABELLEN if t.startswith("reg_")}


@EACH
def test_columns_are_those_of_the_table(register) -> None:
    columns = {k.naam: k for k in kolommen(register.tabel)}
    assert fed(register) == set(columns)
    for kolom in register.kolommen:
        number = columns[kolom.kolom].duckdb_type == "BIGINT"
        assert number == (kolom.vorm in ("heel", "euro")), kolom.kolom
    assert register.decimaalteken in (".", ",", ".,")


@EACH
def test_a_mandatory_value_comes_from_a_mandatory_column(register) -> None:
    model = TABELLEN[register.tabel].to_schema().columns
    for kolom in register.kolommen:
        if not model[kolom.kolom].nullable:
            assert kolom.verplicht or register.jaar_uit_naam, kolom.kolom


@EACH
def test_a_register_is_recognised_as_itself(register) -> None:
    start = register.draaiing.patroon if register.draaiing else None
    names = [k.namen[0] for k in register.kolommen] + ([f"{start}x"] if start else [])
    for delimiter in ";,\t|":
        found = recognise(delimiter.join(names), "x_2020.csv", "2020")
        assert found is not None
        assert (found.register, found.scheiding, found.ontbreekt) == (register, delimiter, ())


@EACH
def test_names_are_plain_and_used_once(register) -> None:
    names = [name for kolom in register.kolommen for name in kolom.namen]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)

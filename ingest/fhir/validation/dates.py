"""Implausible dates: ``schemas/fhir/plausibele_datums.csv``, one query a resource type.

The rules: ``gebeurd``, from 1900 up to the moment of delivery and a day; ``begin``, from 1900;
``volgorde``, the second is not before the first, as far as both are precise. The record is kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path

import duckdb

import schemas

_FILE = Path(schemas.__file__).parent / "fhir" / "plausibele_datums.csv"
_EARLIEST = "1900"

_SQL = """
insert into waarschuwing
with gelezen as materialized (
    select record.record_nr, json_extract_string(record.tekst, [{paths}]) as datum
    from record
    where record.naam = '{resource}'
      and record.record_nr not in (select afkeur.record_nr from afkeur)
      and record.record_nr not in (select dubbel.record_nr from dubbel)
)
{selects}
"""
_SELECT = """
select gelezen.record_nr, '{code}', '{element}', cast(null as varchar)
from gelezen where {condition}
"""
#: To the day as far as both go; within a day by the moment.
_ORDER = """
left(datum[{a}], least(10, length(datum[{b}]))) > left(datum[{b}], least(10, length(datum[{a}])))
or (
    left(datum[{a}], 10) = left(datum[{b}], 10)
    and try_cast(if(length(datum[{a}]) > 10, datum[{a}], null) as timestamptz)
    > try_cast(if(length(datum[{b}]) > 10, datum[{b}], null) as timestamptz)
)
"""


@dataclass(frozen=True)
class Rule:
    """A row of the file."""

    resource: str
    regel: str
    element: str
    element2: str
    toelichting: str


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, by resource type."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        found = [Rule(**row) for row in csv.DictReader(file)]
    return tuple(sorted(found, key=lambda rule: rule.resource))


def _selects(listed: list[Rule], position: dict[str, int], until: str) -> Iterator[str]:
    for rule in listed:
        datum = f"datum[{position[rule.element]}]"
        element = f"{rule.resource}.{rule.element}"
        if rule.regel == "volgorde":
            condition = _ORDER.format(a=position[rule.element], b=position[rule.element2])
            element = f"{rule.resource}.{rule.element2}"
            yield _SELECT.format(code="FHIR-DATUM-VOLGORDE", element=element, condition=condition)
            continue
        early = f"{datum} < '{_EARLIEST}'"
        yield _SELECT.format(code="FHIR-DATUM-VROEG", element=element, condition=early)
        if rule.regel == "gebeurd":
            late = f"left({datum}, 10) > '{until}'"
            yield _SELECT.format(code="FHIR-DATUM-TOEKOMST", element=element, condition=late)


def check_dates(con: duckdb.DuckDBPyConnection, moment: datetime | None = None) -> None:
    """Add warnings for dates that cannot be right.

    Args:
        con: the connection of the delivery.
        moment: of delivery; now when left out.
    """
    until = ((moment or datetime.now(UTC)) + timedelta(days=1)).date().isoformat()
    delivered = {naam for (naam,) in con.execute("select distinct naam from record").fetchall()}
    for resource, group in groupby(rules(), key=lambda rule: rule.resource):
        if resource not in delivered:
            continue
        listed = list(group)
        named = dict.fromkeys(e for rule in listed for e in (rule.element, rule.element2) if e)
        position = {element: number for number, element in enumerate(named, start=1)}
        paths = ", ".join(f"'$.{element}'" for element in named)
        selects = "union all".join(_selects(listed, position, until))
        con.execute(_SQL.format(paths=paths, resource=resource, selects=selects))

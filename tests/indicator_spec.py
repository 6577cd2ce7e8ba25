"""Reads and runs the specification pages of indicators: small tables in, observations out.

A page holds cases. A case is a heading ``## ...``, words, and tables; each table is preceded by a
line ``Tabel `name`:``. The tables are named after the models that the indicator reads; the one
called ``uitkomst`` is what must come out, or the line ``Geen waarnemingen.`` when that is nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
import yaml
from marts_sql import PROJECT, render, seed_file

PAGES = Path(__file__).parent / "spec" / "indicatoren"
UITKOMST = "uitkomst"
NOTHING = "Geen waarnemingen."

#: Columns of an observation, with their types (models/indicatoren/_indicatoren.yml).
OBSERVATION = {
    "indicator_id": "VARCHAR",
    "zorgaanbieder_id": "VARCHAR",
    "pseudo_id": "VARCHAR",
    "peildatum": "DATE",
    "diagnosegroep": "VARCHAR",
    "teller": "DECIMAL(18,4)",
    "noemer": "DECIMAL(18,4)",
}

_TITLE = re.compile(r"^Tabel `(\w+)`:$")
_RULER = re.compile(r"^\|[\s:|-]+\|$")
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d+)?)?")
_TEXT_NAMES = re.compile(r".*(_id|_code|code|pc4|uzovi|periode)$")


class SpecError(Exception):
    """A page that cannot be run; the message says which page, case, table and column."""


@dataclass(frozen=True)
class Table:
    """One table of a case.

    Attributes:
        columns: name to DuckDB type, in order.
        rows: cells as text; none where a cell is empty.
    """

    columns: dict[str, str]
    rows: list[list[str | None]]


@dataclass
class Case:
    """One case of a page.

    Attributes:
        page: key of the definition: the name of its model without ``ind_``.
        title: its heading.
        tables: by name, ``uitkomst`` included.
    """

    page: str
    title: str
    tables: dict[str, Table] = field(default_factory=dict)

    def fault(self, text: str) -> SpecError:
        """An error with the place of this case before it."""
        return SpecError(f"{self.page}.md, '{self.title}': {text}")


def read_cases(page: Path) -> list[Case]:
    """The cases of a page.

    Args:
        page: a Markdown file.

    Raises:
        SpecError: it has no cases, a case has no outcome, or a row has another number of cells
            than its heading.
    """
    cases: list[Case] = []
    name: str | None = None
    lines: list[str] = []
    for line in [*page.read_text(encoding="utf-8").splitlines(), ""]:
        if name and lines and not line.startswith("|"):
            cases[-1].tables[name] = _table(cases[-1], name, lines)
            name, lines = None, []
        if line.startswith("## "):
            cases.append(Case(page.stem, line[3:].strip()))
        elif cases and (title := _TITLE.match(line)):
            name = title[1]
        elif cases and line == NOTHING:
            cases[-1].tables[UITKOMST] = Table(dict(OBSERVATION), [])
        elif name and line.startswith("|"):
            lines.append(line)
    if not cases:
        raise SpecError(f"{page.name} has no cases: give at least one heading '## ...'.")
    for case in cases:
        if UITKOMST not in case.tables:
            raise case.fault(f"no table `{UITKOMST}` and no line '{NOTHING}'.")
    return cases


def _table(case: Case, name: str, lines: list[str]) -> Table:
    head, *body = [_cells(line) for line in lines if not _RULER.match(line)]
    for row in body:
        if len(row) != len(head):
            raise case.fault(
                f"table `{name}` has a row of {len(row)} cells under {len(head)} columns."
            )
    known = OBSERVATION if name == UITKOMST else _declared(name)
    columns = {}
    for position, cell in enumerate(head):
        column, _, said = (cell or "").partition(" ")
        columns[column] = (
            said or known.get(column) or _guess(column, [row[position] for row in body])
        )
    return Table(columns, body)


def _cells(line: str) -> list[str | None]:
    return [cell.strip() or None for cell in line.strip().strip("|").split("|")]


@cache
def _described() -> dict[str, dict[str, str]]:
    """Types of columns that the descriptions of models and seeds give, by relation."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted([*PROJECT.glob("models/**/*.yml"), *PROJECT.glob("seeds/*.yml")]):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for model in content.get("models", []):
            columns = model.get("columns") or []
            found[model["name"]] = {
                c["name"]: c["data_type"] for c in columns if c.get("data_type")
            }
        for seed in content.get("seeds", []):
            found[seed["name"]] = dict((seed.get("config") or {}).get("column_types") or {})
    return found


def _declared(name: str) -> dict[str, str]:
    return _described().get(name, {})


def _guess(column: str, cells: list[str | None]) -> str:
    """A type from the cells: a type in the heading or in a description goes before this."""
    filled = [cell for cell in cells if cell is not None]
    if not filled or _TEXT_NAMES.fullmatch(column):
        return "varchar"
    for pattern, name in (
        (_DATE, "date"),
        (_MOMENT, "timestamp"),
        (re.compile("true|false"), "boolean"),
        (_INTEGER, "bigint"),
    ):
        if all(pattern.fullmatch(cell) for cell in filled):
            return name
    numeric = all(_DECIMAL.fullmatch(cell) or _INTEGER.fullmatch(cell) for cell in filled)
    return "decimal(18,4)" if numeric else "varchar"


def run_case(case: Case) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Run the model of a page on the tables of a case.

    Args:
        case: one case.

    Returns:
        The rows that came out and those that should, as text and sorted.

    Raises:
        SpecError: a table or a column is missing, a cell does not fit its type, or the columns of
            the outcome are not those of an observation.
    """
    sql = render(f"ind_{case.page}")
    with duckdb.connect() as con:
        for name, table in case.tables.items():
            _create(con, case, name, table)
        _add_seeds(con, case, sql)
        try:
            result = con.execute(sql)
        except duckdb.BinderException as error:
            raise case.fault(_missing_column(con, case, sql, str(error))) from error
        except duckdb.CatalogException as error:
            found = re.search(r"Table with name (\w+) does not exist", str(error))
            raise case.fault(
                f"the model reads `{found[1]}`, and the case has no such table."
                if found
                else str(error)
            ) from error
        shape = {column[0]: str(column[1]) for column in result.description}
        if shape != OBSERVATION:
            raise case.fault(f"the model yields {shape}, and an observation is {OBSERVATION}.")
        came = [tuple(map(_plain, row)) for row in result.fetchall()]
        should = _expected(con, case)
    return sorted(came), sorted(should)


def _expected(con: duckdb.DuckDBPyConnection, case: Case) -> list[tuple[str, ...]]:
    given = set(case.tables[UITKOMST].columns) | {"indicator_id"}
    if wrong := given ^ set(OBSERVATION):
        raise case.fault(
            f"table `{UITKOMST}`: missing, or no column of an observation: "
            f"{', '.join(sorted(wrong))}."
        )
    indicator = re.sub(r"_v\d+$", "", case.page)
    stated = case.tables[UITKOMST].columns
    names = ", ".join(n if n in stated else f"'{indicator}' as {n}" for n in OBSERVATION)
    rows = con.execute(f"select {names} from {UITKOMST}").fetchall()
    return [tuple(map(_plain, row)) for row in rows]


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _create(con: duckdb.DuckDBPyConnection, case: Case, name: str, table: Table) -> None:
    columns = ", ".join(f'"{column}" {kind}' for column, kind in table.columns.items())
    con.execute(f"create table {name} ({columns})")
    marks = ", ".join(f"cast(cast(? as varchar) as {kind})" for kind in table.columns.values())
    for row in table.rows:
        try:
            con.execute(f"insert into {name} values ({marks})", row)
        except duckdb.Error as error:
            raise case.fault(f"table `{name}`, row {row}: {error}") from error


def _add_seeds(con: duckdb.DuckDBPyConnection, case: Case, sql: str) -> None:
    """Lists of the project that the model reads and the case does not give are read as they are."""
    for name in sorted(set(re.findall(r"\b(?:from|join)\s+(\w+)", sql)) - set(case.tables)):
        if path := seed_file(name):
            typed = ", ".join(f'cast("{c}" as {t}) as "{c}"' for c, t in _declared(name).items())
            con.execute(
                f"create table {name} as select {typed or '*'} "
                f"from read_csv('{path}', all_varchar = true)"
            )


def _missing_column(con: duckdb.DuckDBPyConnection, case: Case, sql: str, message: str) -> str:
    """Which column of which table is missing: the one with which the complaint goes away."""
    found = re.search(r'column (?:named )?"(?:\w+\.)?(\w+)"', message, re.IGNORECASE)
    if not found:
        return message
    column = found[1]
    for name, table in case.tables.items():
        if name == UITKOMST or column in table.columns:
            continue
        con.execute(f'alter table {name} add column "{column}" varchar')
        try:
            con.execute(f"explain {sql}")
            gone = True
        except duckdb.Error as error:
            gone = f'"{column}"' not in str(error) and f'.{column}"' not in str(error)
        con.execute(f'alter table {name} drop column "{column}"')
        if gone:
            return f"table `{name}` has no column `{column}`, which the model reads."
    return f"no table has a column `{column}`, which the model reads ({message.splitlines()[0]})"

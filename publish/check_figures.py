"""Whether the figures of a version keep what its manifest promises: key, order, small cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from publish.disclosure.cells import SOORTEN, Cells, Flags, read_cells
from publish.disclosure.definitie import DEFINITIE_SQL
from publish.disclosure.family import Family
from publish.disclosure.primary import primary
from publish.disclosure.relations import find_relations
from publish.disclosure.rules import Rules, load_rules
from publish.disclosure.solve import given_away
from publish.extract import ADDED_COLUMNS, PREVIOUS
from publish.folder import DATA
from publish.rows import literal


def figure_problems(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Look at the rows of a version whose files are whole.

    Args:
        folder: folder of the version.
        manifest: its manifest.

    Returns:
        The problems.
    """
    rules = load_rules(manifest["drempel"])
    names = {column["naam"] for column in manifest["schema"]}
    missing = {*rules.sleutel, *rules.nodig, *ADDED_COLUMNS} - names
    if missing:
        return [f"column {name} is missing." for name in sorted(missing)]
    with duckdb.connect() as con:
        con.execute(
            f"create view data as select * from read_parquet({literal(str(folder / DATA))})"
        )
        problems = _type_problems(con, manifest) + _key_problems(con, manifest)
        if not problems:
            problems += _hidden_problems(con, manifest)
        if not problems:
            problems += _cell_problems(con, manifest, rules)
    return problems


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return [row[0] for row in con.execute(sql).fetchall()]


def _type_problems(con: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> list[str]:
    found = dict(con.execute("select column_name, column_type from (describe data)").fetchall())
    return [
        f"column {column['naam']} is of type {found[column['naam']]}, the manifest says "
        f"{column['type']}."
        for column in manifest["schema"]
        if found[column["naam"]] != column["type"]
    ]


def _key_problems(con: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> list[str]:
    keys = ", ".join(manifest["sleutel"])
    problems = []
    double = _rows(
        con, f"select count(*) from (select {keys} from data group by {keys} having count(*) > 1)"
    )[0]
    if double:
        problems.append(f"{double} keys ({keys}) occur more than once.")
    disorder = _rows(
        con,
        f"""
        with genummerd as (
            select row({keys}) as sleutel, row_number() over () as nummer from data
        ),
        naast as (
            select sleutel, lag(sleutel) over (order by nummer) as vorige from genummerd
        )
        select count(*) from naast where vorige > sleutel
        """,
    )[0]
    if disorder:
        problems.append(f"the rows are not in order of {keys}.")
    return problems


def _hidden_problems(con: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> list[str]:
    """A hidden row has a reason and no figure; the counts are those of the manifest."""
    shown = {
        *manifest["sleutel"],
        *load_rules(manifest["drempel"]).beschrijvend,
        "onderdrukt",
        "onderdrukt_reden",
    }
    problems = []
    for column in (c["naam"] for c in manifest["schema"] if c["naam"] not in shown):
        visible = _rows(
            con, f'select count(*) from data where onderdrukt and "{column}" is not null'
        )[0]
        if visible:
            problems.append(f"{visible} hidden rows still show {column}.")
    wrong = _rows(
        con, "select count(*) from data where onderdrukt <> (onderdrukt_reden is not null)"
    )[0]
    if wrong:
        problems.append(f"{wrong} rows are hidden without a reason or shown with one.")
    counts = dict(
        con.execute(
            "select onderdrukt_reden, count(*) from data where onderdrukt group by all"
        ).fetchall()
    )
    listed = {k: n for k, n in manifest["bescherming"]["verborgen"].items() if n}
    if counts != listed:
        problems.append(f"hidden rows by reason are {counts}, the manifest says {listed}.")
    return problems + _previous_problems(con, manifest)


def _previous_problems(con: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> list[str]:
    """A change against the year before is shown only where that year's figure is."""
    told = [f"cast(d.{naam} as varchar)" for naam in PREVIOUS if naam in _columns(manifest)]
    if not told:
        return []
    same = " and ".join(f"v.{key} = d.{key}" for key in manifest["sleutel"] if key != "periode")
    year_before = "cast(cast(left(d.periode, 4) as integer) - 1 as varchar) || substr(d.periode, 5)"
    given = _rows(
        con,
        f"""
        select count(*) from data as d
        left join data as v on {same} and v.periode = {year_before}
        where coalesce({", ".join(told)}) is not null and (
            v.onderdrukt or (v.periode is null and exists (
                select 1 from data as u
                where u.niveau = d.niveau and u.eenheid_id = d.eenheid_id
                    and u.periode = {year_before}
            ))
        )
        """,
    )[0]
    return [f"{given} rows tell a figure of the year before that is hidden."] if given else []


def _cell_problems(
    con: duckdb.DuckDBPyConnection, manifest: dict[str, Any], rules: Rules
) -> list[str]:
    """No shown cell is too small, and no hidden cell follows from shown ones."""
    keys = ", ".join(rules.sleutel)
    region = "eenheid_regio_code" if "eenheid_regio_code" in _columns(manifest) else "null"
    con.execute(
        f"""
        create table cel as
        select row_number() over (order by {keys}) - 1 as cel_id, {keys}, teller, noemer,
            n_personen, n_zorgaanbieders, onderdrukt,
            cast({region} as varchar) as eenheid_regio_code
        from data
        order by cel_id
        """
    )
    soorten = manifest["bescherming"]["soort_indicator"]
    unknown = set(_rows(con, f"select distinct {DEFINITIE_SQL} from cel")) - set(soorten)
    wrong = set(map(str, soorten.values())) - set(SOORTEN)
    if unknown or wrong:
        return [f"the manifest does not tell the kind of {', '.join(sorted(unknown | wrong))}."]
    cells = read_cells(con, rules, soorten)
    closing = manifest["bescherming"]["sluitende_relaties"]
    families = find_relations(con, cells, rules, closing).families
    flags = con.execute("select onderdrukt from cel order by cel_id").fetchnumpy()["onderdrukt"]
    hidden = flags.astype(np.bool_)
    redenen = primary(cells, rules)
    problems = [
        f"{_name(con, number, rules)} is shown while it should be hidden "
        f"({redenen[number]}, threshold {rules.drempel})."
        for number in np.flatnonzero(~hidden & (redenen != "")).tolist()
    ]
    problems += [
        f"{_name(con, number, rules)} is hidden but follows from the cells that are shown."
        for number in given_away(families, hidden).tolist()
    ]
    return problems + [
        f"the hidden parts of {_name(con, number, rules)} ({family.soort}) are together too small: "
        "their sum follows from the cells that are shown."
        for family in families
        for number in _unsafe_totals(family, cells, hidden, rules)
    ]


def _unsafe_totals(family: Family, cells: Cells, hidden: Flags, rules: Rules) -> list[int]:
    """Totals from which subtracting the shown parts leaves what may not be shown."""
    away = family.count(hidden)
    some = ~hidden[family.totaal] & (away > 0) & (away < np.diff(family.begin))
    left = cells.take(family.totaal).minus(family.sums(cells, ~hidden))
    providers = family.sums(cells, hidden).zorgaanbieders
    unsafe = primary(replace(left, zorgaanbieders=providers), rules) != ""
    return [int(number) for number in family.totaal[some & unsafe]]


def _columns(manifest: dict[str, Any]) -> set[str]:
    return {column["naam"] for column in manifest["schema"]}


def _name(con: duckdb.DuckDBPyConnection, number: int, rules: Rules) -> str:
    row = con.execute(
        f"select {', '.join(rules.sleutel)} from cel where cel_id = ?", [number]
    ).fetchall()[0]
    return "cell " + " / ".join(map(str, row))

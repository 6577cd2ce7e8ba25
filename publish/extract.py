"""From the rows of an exposure to the rows of its extracts, hidden cells emptied."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from ingest.errors import PublicationError
from publish.disclosure.rules import Rules
from publish.exposure import Exposure
from publish.rows import Rows, literal

#: Columns every extract gets beside those of its model, with what they say.
ADDED_COLUMNS = {
    "onderdrukt": "Of het cijfer verborgen is om personen of zorgaanbieders te beschermen",
    "onderdrukt_reden": (
        "Waarom het cijfer verborgen is: klein_aantal, dominantie of afleidbaar; anders leeg"
    ),
}

#: Columns that tell of the same figure a year before.
PREVIOUS = ("waarde_vorige", "verschil", "verschil_laag", "verschil_hoog", "trend")

#: Columns with a figure of other cells, and the flag in ``verwijzing`` that hides them.
_REFERENCES = dict.fromkeys(PREVIOUS, "vorige_verborgen") | {
    "referentie_landelijk": "referentie_landelijk_verborgen",
    "referentie_peer": "referentie_peer_verborgen",
}


@dataclass(frozen=True)
class Part:
    """One extract: all rows of an exposure, or those of one value of ``splits_op``.

    Attributes:
        extract: id of the extract.
        titel: its title.
        waarde: value of ``splits_op``; none when the exposure is not split.
    """

    extract: str
    titel: str
    waarde: str | None


def parts(con: duckdb.DuckDBPyConnection, rows: Rows, rules: Rules) -> list[Part]:
    """The extracts an exposure makes.

    Args:
        con: the release connection.
        rows: the rows of the exposure.
        rules: names the values that are no part of their own.

    Returns:
        The extracts, by value of ``splits_op``.

    Raises:
        PublicationError: two values give one id.
    """
    exposure = rows.exposure
    if exposure.splits_op is None:
        return [Part(exposure.extract, exposure.titel, None)]
    apart = ", ".join(literal(waarde) for waarde in rules.geen_deel)
    found = con.execute(
        f"""
        with waarde as (
            select cast({exposure.splits_op} as varchar) as waarde, eenheid_id,
                {"eenheid_naam" if "eenheid_naam" in rows.kolommen else "null"} as eenheid_naam
            from {rows.table}
        )
        select waarde, max(eenheid_naam) filter (where eenheid_id = waarde) as naam
        from waarde
        where waarde is not null and waarde not in ({apart})
        group by waarde
        order by waarde
        """
    ).fetchall()
    result = [
        Part(f"{exposure.extract}-{_slug(waarde)}", f"{exposure.titel}: {naam or waarde}", waarde)
        for waarde, naam in found
    ]
    if len({part.extract for part in result}) != len(result):
        raise PublicationError(
            f"Exposure {exposure.naam}: values of {exposure.splits_op} differ in capitals or "
            "signs alone."
        )
    return result


def hide(con: duckdb.DuckDBPyConnection, rows: Rows, rules: Rules) -> str:
    """Make a table of the rows of an exposure in which hidden cells are empty.

    Args:
        con: the release connection, with tables ``cel``, ``besluit`` and ``verwijzing``.
        rows: the rows.
        rules: names the key and the columns a hidden row still shows.

    Returns:
        Name of the table.
    """
    table = f"getoond_{rows.table}"
    shown = {*rules.sleutel, *rules.beschrijvend}
    columns = []
    for column in rows.kolommen:
        if column in _REFERENCES:
            open_row = f"not v.{_REFERENCES[column]}"
            if column not in shown:
                open_row += " and b.reden is null"
            columns.append(f"case when {open_row} then r.{column} end as {column}")
        elif column in shown:
            columns.append(f"r.{column}")
        elif column not in ADDED_COLUMNS:
            columns.append(f'case when b.reden is null then r."{column}" end as "{column}"')
    on = " and ".join(f"r.{key} = c.{key}" for key in rules.sleutel)
    con.execute(
        f"""
        create table {table} as
        select {", ".join(columns)},
            b.reden is not null as onderdrukt,
            b.reden as onderdrukt_reden
        from {rows.table} as r
        inner join cel as c on {on}
        inner join verwijzing as v on v.cel_id = c.cel_id
        left join besluit as b on b.cel_id = c.cel_id
        """
    )
    return table


def make_extract(
    con: duckdb.DuckDBPyConnection, hidden: str, rows: Rows, part: Part, number: int, rules: Rules
) -> str:
    """Make the table of one extract, in key order.

    Args:
        con: the release connection.
        hidden: table made by ``hide``.
        rows: the rows of the exposure.
        part: which of them.
        number: makes the name of the table unique.
        rules: names the key.

    Returns:
        Name of the table; its columns are those of the extract, and nothing more.
    """
    table = f"extract_{number}"
    con.execute(
        f"create table {table} as select * from {hidden} {_where(rows.exposure, part)} "
        f"order by {', '.join(rules.sleutel)}"
    )
    return table


def _where(exposure: Exposure, part: Part) -> str:
    """A split extract has its own rows and the national ones, never another value's."""
    if part.waarde is None:
        return ""
    own = f"cast({exposure.splits_op} as varchar) = {literal(part.waarde)}"
    return f"where niveau = 'landelijk' or {own}"


def _slug(value: str) -> str:
    """``value`` as part of a folder name."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")

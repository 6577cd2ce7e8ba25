"""The rows an exposure shows, looked at before anything is decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.errors import PublicationError
from publish.disclosure.identifiers import find_identifiers
from publish.disclosure.rules import Rules
from publish.exposure import Exposure


@dataclass(frozen=True)
class Rows:
    """The rows of one exposure, before anything is hidden.

    Attributes:
        exposure: what they are for.
        table: view of the rows at its levels.
        judged: view of the same rows and the national ones, which references are taken from.
        kolommen: name and DuckDB type of each column, in order.
    """

    exposure: Exposure
    table: str
    judged: str
    kolommen: dict[str, str]


def literal(text: str) -> str:
    """``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def load_rows(
    con: duckdb.DuckDBPyConnection, exposure: Exposure, file: Path, rules: Rules, number: int
) -> Rows:
    """Make views of the rows an exposure shows, and see whether they may be shown at all.

    Args:
        con: the release connection.
        exposure: what asks to be published.
        file: Parquet of its model.
        rules: names the columns that are needed.
        number: makes the names of the views unique.

    Returns:
        The rows.

    Raises:
        PublicationError: a column is missing, a key is empty or double, a restricted level is in
            an open extract, a direct identifier is seen, or there are no rows.
    """
    model = f"model_{number}"
    con.execute(f"create view {model} as select * from read_parquet({literal(str(file))})")
    kolommen = dict(
        con.execute(f"select column_name, column_type from (describe {model})").fetchall()
    )
    rows = Rows(exposure, f"rijen_{number}", f"beoordeeld_{number}", kolommen)
    findings = find_identifiers(con, model)
    if findings:
        raise PublicationError(f"Exposure {exposure.naam} is not published: {findings[0]}.")
    _check_columns(rows, rules)
    niveaus = ", ".join(literal(niveau) for niveau in exposure.niveaus)
    con.execute(f"create view {rows.table} as select * from {model} where niveau in ({niveaus})")
    con.execute(
        f"create view {rows.judged} as select * from {model} "
        f"where niveau in ({niveaus}, 'landelijk')"
    )
    _check_keys(con, rows, rules)
    return rows


def _check_columns(rows: Rows, rules: Rules) -> None:
    exposure = rows.exposure
    for column in (*rules.sleutel, *rules.nodig):
        if column not in rows.kolommen:
            raise PublicationError(
                f"Exposure {exposure.naam} is not published: its model has no column {column}, "
                "without which small cells cannot be found."
            )
    if exposure.splits_op and exposure.splits_op not in rows.kolommen:
        raise PublicationError(
            f"Exposure {exposure.naam} is not published: there is no column {exposure.splits_op} "
            "to split on."
        )
    restricted = sorted(set(exposure.niveaus) & set(rules.besloten_niveaus))
    if exposure.is_open and restricted:
        raise PublicationError(
            f"Exposure {exposure.naam} is not published: it is open but shows the restricted "
            f"level {restricted[0]}."
        )


def _check_keys(con: duckdb.DuckDBPyConnection, rows: Rows, rules: Rules) -> None:
    keys = ", ".join(rules.sleutel)
    empty = " or ".join(f"{key} is null" for key in rules.sleutel)
    total, distinct, nulls = con.execute(
        f"""
        select count(*), count(distinct ({keys})), count(*) filter (where {empty})
        from {rows.judged}
        """
    ).fetchall()[0]
    naam = rows.exposure.naam
    if not total:
        raise PublicationError(
            f"Exposure {naam} is not published: no rows at {', '.join(rows.exposure.niveaus)}."
        )
    if nulls or total != distinct:
        raise PublicationError(
            f"Exposure {naam} is not published: {nulls} rows have an empty key and "
            f"{total - distinct} a double one ({keys})."
        )

"""Judging: which projected rows meet their Pandera model, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pandera.errors
import polars as pl

from ingest.treatment import unreadable_sql
from schemas.tables import TABELLEN, kolommen

#: Rows of one frame; judging takes several times what a frame is in memory, beside the engine.
_BATCH = 25_000
_REASONS = (
    ("not_nullable", "VERPLICHT-LEEG"),
    ("isin", "CODE-ONBEKEND"),
    ("str_matches", "FORMAAT-ONJUIST"),
    ("", "WAARDE-BUITEN-BEREIK"),
)


def _reason(check: str, column: str) -> str:
    code = next(reason for prefix, reason in _REASONS if check.startswith(prefix))
    named_by_bsn = column in ("bsn", "patient_bsn")
    return "BSN-ONGELDIG" if named_by_bsn and code == "FORMAAT-ONJUIST" else code


def failures(tabel: str, rows: pl.DataFrame, record_nr: pl.Series) -> pl.DataFrame:
    """Judge one eager frame.

    Args:
        tabel: name of the raw table.
        rows: columns of its model, in order.
        record_nr: source record of each row.

    Returns:
        Columns record_nr, reden_code, element; one row a failed check.

    Raises:
        AssertionError: the frame has not the columns or types of the model, which is a fault in
            the view or layout, not in the data.
    """
    empty = pl.DataFrame(
        schema={"record_nr": pl.Int64, "reden_code": pl.String, "element": pl.String}
    )
    try:
        TABELLEN[tabel].validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = pl.DataFrame(error.failure_cases)
        if cases["index"].null_count():
            raise AssertionError(f"{tabel}: projection and model differ: {cases}") from error
        checks = zip(cases["check"].to_list(), cases["column"].to_list(), strict=True)
        return pl.DataFrame(
            {
                "record_nr": record_nr.gather(cases["index"]),
                "reden_code": [_reason(str(check), column) for check, column in checks],
                "element": cases["column"],
            }
        )
    return empty


def _batches(con: duckdb.DuckDBPyConnection, tabel: str) -> Iterator[pl.DataFrame]:
    names = ", ".join(f'"{k.naam}"' for k in kolommen(tabel))
    query = f"""
        select record_nr, {names} from proj_{tabel}
        where record_nr not in (select record_nr from afkeur)
          and record_nr not in (select record_nr from dubbel)
    """
    for batch in con.sql(query).to_arrow_reader(_BATCH):
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame)  # noqa: S101
        if frame.height:
            yield frame


def _hit(con: duckdb.DuckDBPyConnection, tabel: str) -> list[tuple[str, str, str]]:
    """The conditions of ``unreadable_sql`` that any row meets, found in one pass."""
    conditions = unreadable_sql(tabel)
    if not conditions:
        return []
    counts = ", ".join(f"count(*) filter (where {condition})" for *_, condition in conditions)
    [met] = con.execute(f"select {counts} from proj_{tabel}").fetchall()
    return [condition for condition, number in zip(conditions, met, strict=True) if number]


def judge_table(con: duckdb.DuckDBPyConnection, tabel: str) -> None:
    """Add to ``afkeur`` every record with a row of ``proj_<tabel>`` that fails its model.

    Args:
        con: the connection of this delivery.
        tabel: name of the raw table.
    """
    found = [
        failures(tabel, frame.drop("record_nr"), frame["record_nr"])
        for frame in _batches(con, tabel)
    ]
    if found:
        refused = pl.concat(found)
        con.register("refused", refused.to_arrow())
        con.execute(
            "insert into afkeur select distinct record_nr, reden_code, element, null from refused"
        )
        con.unregister("refused")
    for column, code, condition in _hit(con, tabel):
        con.execute(
            f"""
            insert into afkeur
            select distinct record_nr, '{code}', '{column}', null from proj_{tabel}
            where {condition} and record_nr not in (select record_nr from afkeur)
            """
        )

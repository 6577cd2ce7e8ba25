"""Cutting sound messages into columns: one table a record kind, its text read once.

Such a table (``ei_zh308_9_0_04``) has the place of each record, whether it matches the pattern of
its kind, and a column for every element that names a ``kolom``; amounts carry their sign. What
says whom a record is about (BSN, UZOVI-nummer, verzekerdennummer) is there as sent, as ``wie``.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.elements import number, signed, value
from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.pattern import record_pattern
from schemas.ei import Element

#: How the elements that say whom a record is about begin; they follow each other everywhere.
_WIE = ("burgerservicenummer", "uzovi-nummer", "verzekerdennummer")

#: Amounts, and the indicator that gives each its sign.
_TEKEN = {
    "bedrag_cent": "debet_credit",
    "berekend_cent": "berekend_debet_credit",
    "basis_cent": "basis_debet_credit",
    "aanvullend_cent": "aanvullend_debet_credit",
    "totaal_cent": "debet_credit",
}


def who_elements(kind: RecordSoort) -> list[Element]:
    """The elements of a record that say which insured person it is about; none for 03 and 98."""
    if kind.record.code in ("01", "99"):
        return []
    return [e for e in kind.record.elementen if e.naam.lower().startswith(_WIE)]


def _who(kind: RecordSoort) -> str:
    elements = who_elements(kind)
    if not elements:
        return "cast(null as varchar)"
    begin, eind = elements[0].begin, elements[-1].eind
    return f"substring(tekst, {begin}, {eind - begin + 1})"


def _column(kind: RecordSoort, element: Element) -> str:
    kolom = str(element.kolom)
    if kolom in _TEKEN:
        teken = kind.met_kolom(_TEKEN[kolom])
        assert teken is not None, f"{kind.naam}: {kolom} has no sign"  # noqa: S101
        return signed(element, teken)
    return number(element) if kolom.startswith("aantal") else value(element)


def _columns(kind: RecordSoort) -> dict[str, str]:
    return {str(e.kolom): _column(kind, e) for e in kind.record.elementen if e.kolom}


def slice_records(con: duckdb.DuckDBPyConnection) -> list[RecordSoort]:
    """Make the table of every record kind that occurs in a message still standing.

    Args:
        con: the connection of this delivery; structure has been checked.

    Returns:
        The record kinds that occur.
    """
    found = {nr for (nr,) in con.execute("select distinct soort_nr from ei_levend").fetchall()}
    kinds = [kind for kind in record_kinds() if kind.nr in found]
    for kind in kinds:
        columns = "".join(f",\n{sql} as {name}" for name, sql in _columns(kind).items())
        con.execute(
            f"""
            create table {kind.tabel} as
            select
                record_nr,
                regel.bericht_nr,
                regel.verzekerde_nr,
                regel.prestatie_nr,
                {_who(kind)} as wie,
                regexp_matches(tekst, '{record_pattern(kind)}') as klopt
                {columns}
            from ei_levend as regel
            inner join record using (record_nr)
            where regel.soort_nr = {kind.nr}
            """
        )
    return kinds

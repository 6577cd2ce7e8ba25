"""Text to the types of the raw table, and what cannot be read as such."""

from __future__ import annotations

import duckdb

from ingest.registers.header import Opmaak
from schemas.registers import Vorm

_EXPECTED = {
    "heel": "een geheel getal",
    "decimaal": "een getal",
    "euro": "een bedrag in euro's met hoogstens twee decimalen",
}


def _pattern(vorm: Vorm, sign: str) -> str:
    if vorm == "heel":
        return "[+-]?[0-9]{1,18}"
    decimals = "{1,2}" if vorm == "euro" else "+"
    return f"[+-]?[0-9]{{1,15}}([{sign}][0-9]{decimals})?"


def typed(column: str, vorm: Vorm, sign: str) -> str:
    """A text column as its value; null when it is empty or not of this form.

    Args:
        column: name of the text column.
        vorm: what it should hold.
        sign: decimal sign of the register; two when files differ in it.

    Returns:
        An SQL expression: text, a whole number, a decimal as text with a point, or eurocents.
    """
    if vorm == "tekst":
        return column
    readable = f"regexp_full_match({column}, '{_pattern(vorm, sign)}')"
    plain = f"replace({column}, ',', '.')" if "," in sign else column
    value = {
        "heel": f"cast({column} as bigint)",
        "decimaal": plain,
        "euro": f"cast(cast({plain} as decimal(18, 2)) * 100 as bigint)",
    }[vorm]
    return f"case when {readable} then {value} end"


def _judged(opmaak: Opmaak) -> list[tuple[str, str, Vorm]]:
    """(column in ``reg_veld``, name to tell the sender, form) of every column with a form."""
    register = opmaak.register
    columns: list[tuple[str, str, Vorm]] = [
        (k.kolom, k.kolom, k.vorm)
        for k in register.kolommen
        if k.vorm != "tekst" and k.kolom in opmaak.plaats
    ]
    if register.draaiing is not None:
        start, vorm = register.draaiing.patroon, register.draaiing.vorm
        columns += [(f"draai_{i}", f"{start}{n}", vorm) for i, n in enumerate(opmaak.gedraaid)]
    return columns


def check_forms(con: duckdb.DuckDBPyConnection, nr: int, opmaak: Opmaak) -> None:
    """Refuse rows with a value that is not of its form, one reason a column.

    Args:
        con: the connection of this delivery; its rows have been split.
        nr: ``opmaak_nr``.
        opmaak: how the rows are to be read.
    """
    for column, name, vorm in _judged(opmaak):
        con.execute(
            f"""
            insert into afkeur
            select record_nr, 'FORMAAT-ONJUIST', ?, ?
            from reg_veld_{nr}
            where
                {column} is not null
                and {typed(column, vorm, opmaak.register.decimaalteken)} is null
            """,
            [name, f"verwacht wordt {_EXPECTED[vorm]}"],
        )

"""From rows of register files to the raw tables: one view ``proj_<tabel>`` each."""

from __future__ import annotations

import duckdb

from ingest.registers.casting import typed
from ingest.registers.header import Opmaak
from schemas.tables import Kolom, kolommen

_ACCEPTED = "record_nr not in (select record_nr from afkeur)"


def _expression(opmaak: Opmaak, kolom: Kolom) -> str:
    """A column as SQL over ``reg_veld``; what is not in the file is its fixed value, or null."""
    if kolom.naam in opmaak.vast:
        fixed = opmaak.vast[kolom.naam].replace("'", "''")
        return f"cast('{fixed}' as {kolom.duckdb_type})"
    if kolom.naam not in opmaak.plaats:
        return f"cast(null as {kolom.duckdb_type})"
    vorm = next(k.vorm for k in opmaak.register.kolommen if k.kolom == kolom.naam)
    value = typed(kolom.naam, vorm, opmaak.register.decimaalteken)
    return f"cast({value} as {kolom.duckdb_type})"


def _turned_select(opmaak: Opmaak, nr: int, tabel: str) -> str:
    """Columns become rows; a cell without a value gives none."""
    draaiing = opmaak.register.draaiing
    assert draaiing is not None  # noqa: S101
    sign = opmaak.register.decimaalteken
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in opmaak.gedraaid)
    cells = ", ".join(typed(f"draai_{i}", draaiing.vorm, sign) for i in range(len(opmaak.gedraaid)))
    made = {
        draaiing.naam_kolom: f"unnest([{names}])",
        draaiing.waarde_kolom: f"unnest([{cells}])",
    }
    columns = ", ".join(
        f"{made.get(k.naam) or _expression(opmaak, k)} as {k.naam}" for k in kolommen(tabel)
    )
    order = ", ".join(k.naam for k in kolommen(tabel))
    return f"""
        select record_nr, {order}
        from (select record_nr, {columns} from reg_veld_{nr} where {_ACCEPTED})
        where {draaiing.waarde_kolom} is not null
    """


def _plain_select(opmaak: Opmaak, nr: int, tabel: str) -> str:
    columns = ", ".join(f"{_expression(opmaak, k)} as {k.naam}" for k in kolommen(tabel))
    return f"select record_nr, {columns} from reg_veld_{nr} where {_ACCEPTED}"


def project(con: duckdb.DuckDBPyConnection, opmaken: list[Opmaak]) -> tuple[str, ...]:
    """Make the view of every register that was delivered.

    Args:
        con: the connection of this delivery; its rows have been checked.
        opmaken: how rows are read, by ``opmaak_nr``.

    Returns:
        The raw tables that are fed.
    """
    selects: dict[str, list[str]] = {}
    for nr, opmaak in enumerate(opmaken):
        tabel = opmaak.register.tabel
        select = _turned_select if opmaak.register.draaiing else _plain_select
        if opmaak.is_leesbaar:
            selects.setdefault(tabel, []).append(select(opmaak, nr, tabel))
    for tabel, parts in selects.items():
        con.execute(f"create view proj_{tabel} as {' union all '.join(parts)}")
    return tuple(sorted(selects))

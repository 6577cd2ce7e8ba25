"""What could not be judged in a delivery of declarations: codes of lists that are not held."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from schemas.ei.codelijsten import ongetoetste_lijsten


@dataclass(frozen=True)
class NietGetoetst:
    """A code list that is not held: of these elements no code was judged.

    Attributes:
        standaard: standard and version.
        codelijst: name of the list, ``COD651-VEKT``.
        naam: what its codes say.
        elementen: Vektis numbers.
        reden: why it is not judged.
    """

    standaard: str
    codelijst: str
    naam: str
    elementen: tuple[str, ...]
    reden: str


def not_judged(con: duckdb.DuckDBPyConnection) -> list[NietGetoetst]:
    """The code lists that were not judged, for the standards that occur in a delivery.

    Args:
        con: the connection of this delivery; its messages are known.

    Returns:
        By standard and version, then by list.
    """
    rows = con.execute(
        "select distinct standaard, versie from ei_bericht where standaard is not null"
        " and versie is not null order by all"
    ).fetchall()
    return [
        NietGetoetst(f"{standaard} v{versie}", x.codelijst, x.naam, x.elementen, x.status)
        for standaard, versie in rows
        for x in ongetoetste_lijsten(standaard, versie)
    ]

"""Which cells are listed at all.

A row without figures still says that there is somebody, and a missing row that there is nobody. In
a group that is too small to be shown that must not be told: who knows which of its parts exist can
often compute them. So the parts of a total with too few persons are left out, whatever they are.
Nothing is lost: a part has no more persons than its total, so all of them would be hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from publish.disclosure.cells import read_cells
from publish.disclosure.relations import find_relations
from publish.disclosure.rules import Rules


@dataclass(frozen=True)
class Listing:
    """What became of the list of cells.

    Attributes:
        cellen: number of cells before.
        weggelaten: number of cells left out.
        partition: indicators by kind of relation that the whole table shows to be partitioned;
            what is left of it cannot show that any more.
    """

    cellen: int
    weggelaten: int
    partition: dict[str, list[str]]


def leave_out(con: duckdb.DuckDBPyConnection, rules: Rules, soorten: dict[str, str]) -> Listing:
    """Remove from table ``cel`` the parts of totals with too few persons.

    Args:
        con: connection with table ``cel``; it is replaced and numbered again from 0.
        rules: the rules.
        soorten: kind by definition.

    Returns:
        What was left out, and what the whole table says of its own shape.
    """
    cells = read_cells(con, rules, soorten)
    small = (cells.personen > 0) & (cells.personen < rules.drempel)
    gone = np.zeros(len(cells), dtype=np.bool_)
    always = {kind.naam for kind in rules.relaties if kind.toepassing == "altijd"}
    whole = find_relations(con, cells, rules, rest=False)
    for family in whole.families:
        if family.soort in always:
            gone[family.delen[small[family.totaal][family.nummer]]] = True
    con.register("weg", pa.table({"cel_id": np.flatnonzero(gone)}))
    con.execute(
        """
        create or replace table cel as
        select * replace (row_number() over (order by cel_id) - 1 as cel_id)
        from cel
        where cel_id not in (select cel_id from weg)
        order by cel_id
        """
    )
    con.unregister("weg")
    return Listing(len(cells), int(gone.sum()), whole.partition)

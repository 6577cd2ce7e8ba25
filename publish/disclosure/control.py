"""Decides which cells of a release stay hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from publish.disclosure.cells import kinds, read_cells
from publish.disclosure.family import Structure
from publish.disclosure.listing import leave_out
from publish.disclosure.primary import primary
from publish.disclosure.relations import find_relations
from publish.disclosure.rules import Rules
from publish.disclosure.secondary import Protection


@dataclass(frozen=True)
class Decision:
    """What disclosure control decided.

    Attributes:
        soorten: kind by definition.
        cellen: number of cells judged.
        weggelaten: number of cells left out, because a total they are part of is too small.
        verborgen: number of hidden cells by reason.
        structure: the relations it went by.
    """

    soorten: dict[str, str]
    cellen: int
    weggelaten: int
    verborgen: dict[str, int]
    structure: Structure

    def closing(self, shown: list[int]) -> dict[str, list[str]]:
        """Indicators by kind of relation that add up exactly within a set of cells.

        Args:
            shown: cell numbers of an extract.

        Returns:
            Kinds of relation with the indicators of which every total in the set has all its
            parts in the set, and is their exact sum.
        """
        here = np.zeros(len(self.structure.cells), dtype=np.bool_)
        here[shown] = True
        indicator = np.array(self.structure.indicator)
        result = {}
        for family in self.structure.families:
            present = family.count(here)
            used = here[family.totaal] & (present > 0)
            holds = family.sluit & (present == np.diff(family.begin))
            exact = set(indicator[family.totaal[used & holds]])
            exact -= set(indicator[family.totaal[used & ~holds]])
            if exact:
                result[family.soort] = sorted(map(str, exact))
        return result


def decide(
    con: duckdb.DuckDBPyConnection, rules: Rules, register: Mapping[str, str] | None = None
) -> Decision:
    """Judge table ``cel`` and write table ``besluit``.

    Args:
        con: connection with table ``cel``: ``cel_id`` from 0 without gaps in order of the key, the
            key columns, ``eenheid_regio_code``, ``teller``, ``noemer``, ``n_personen`` and
            ``n_zorgaanbieders``. It holds every row that any extract of the release shows.
        rules: the rules.
        register: ``soort_meting`` by definition, as far as it is known.

    Returns:
        The decision in numbers. Table ``cel`` has lost the cells that are left out and is numbered
        again; table ``besluit`` has one row ``(cel_id, reden)`` a hidden cell.
    """
    soorten = kinds(con, rules, register or {})
    listing = leave_out(con, rules, soorten)
    cells = read_cells(con, rules, soorten)
    structure = find_relations(con, cells, rules, partition=listing.partition)
    redenen = primary(structure.cells, rules)
    Protection(structure, redenen, rules).run()
    found = [(number, str(reden)) for number, reden in enumerate(redenen[: len(cells)]) if reden]
    besluit = pa.table(
        {
            "cel_id": pa.array([number for number, _ in found], pa.int64()),
            "reden": pa.array([reden for _, reden in found], pa.string()),
        }
    )
    con.register("besluit_arrow", besluit)
    con.execute("create or replace table besluit as select cel_id, reden from besluit_arrow")
    con.unregister("besluit_arrow")
    names = sorted({regel.reden for regel in rules.regels} | {"afleidbaar"})
    counts = {name: sum(1 for _, reden in found if reden == name) for name in names}
    return Decision(soorten, listing.cellen, listing.weggelaten, counts, structure)

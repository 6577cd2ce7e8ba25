"""Every way in which published cells add up to another published cell.

A relation is what a reader can subtract with. Where parts do not add up to their total, the
difference is a group that nobody published but anybody can compute (persons without a known region,
say, or parts too small to be listed); it is added as a cell of its own, a *restpost*.
"""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np

from publish.disclosure.cells import Cells, Flags, Ints
from publish.disclosure.definitie import DEFINITIE_SQL
from publish.disclosure.family import Family, Structure
from publish.disclosure.rules import RelatieSoort, Rules

_TOLERANCE = 0.005  # half a eurocent: amounts are stored as doubles in some marts


def _same(rules: Rules, *varying: str) -> str:
    """SQL: part ``p`` and total ``t`` agree on all key columns but the varying ones."""
    return " and ".join(f"p.{k} = t.{k}" for k in rules.sleutel if k not in varying)


def _conditions(kind: RelatieSoort, rules: Rules) -> tuple[str, str]:
    """SQL of the join of parts to totals, and of what beside the total makes a group."""
    if kind.soort == "uitsplitsing":
        return (
            f"""{_same(rules, "uitsplitsing", "uitsplitsing_waarde")}
            and p.uitsplitsing_waarde <> 'TOTAAL' and t.uitsplitsing_waarde = 'TOTAAL'
            and (t.uitsplitsing = 'TOTAAL' or t.uitsplitsing = p.uitsplitsing)""",
            "p.uitsplitsing",
        )
    if kind.soort == "niveau":
        unit = f"and t.eenheid_id = p.{kind.via}" if kind.via else ""
        return (
            f"""{_same(rules, "niveau", "eenheid_id")}
            and p.niveau = '{kind.onder}' and t.niveau = '{kind.boven}' {unit}""",
            "p.niveau",
        )
    return (
        f"""{_same(rules, "periode_type", "periode")}
        and p.periode_lengte = '{kind.onder}' and t.periode_lengte = '{kind.boven}'
        and t.periode = p.{kind.boven}""",
        "p.periode_lengte",
    )


#: Periods with the longer periods they lie in: 2025, 2025Q1, 2025-01.
_PERIOD_VIEW = """
create or replace temp view cel_met_periode as
select *,
    case
        when regexp_full_match(periode, '[0-9]{4}') then 'jaar'
        when regexp_full_match(periode, '[0-9]{4}Q[1-4]') then 'kwartaal'
        when regexp_full_match(periode, '[0-9]{4}-[0-9]{2}') then 'maand'
        else 'anders'
    end as periode_lengte,
    left(periode, 4) as jaar,
    left(periode, 4) || 'Q'
    || cast((coalesce(try_cast(substr(periode, 6, 2) as integer), 1) + 2) // 3 as varchar)
        as kwartaal
from cel
"""


def _family(
    con: duckdb.DuckDBPyConnection, kind: RelatieSoort, cells: Cells, rules: Rules
) -> tuple[Family, Cells]:
    """The relations of one kind, and what each total has beyond its parts."""
    join, group = _conditions(kind, rules)
    found = con.execute(
        f"""
        with paar as (
            select t.cel_id as totaal, {group} as groep, p.cel_id as deel
            from cel_met_periode as p
            inner join cel_met_periode as t on {join}
        )
        select dense_rank() over (order by totaal, groep) - 1 as nummer, totaal, deel
        from paar
        order by nummer, deel
        """
    ).fetchnumpy()
    nummer = found["nummer"].astype(np.int64)
    count = int(nummer[-1]) + 1 if len(nummer) else 0
    begin = np.searchsorted(nummer, np.arange(count + 1))
    family = Family(
        soort=kind.naam,
        apart=kind.soort == "niveau",
        totaal=found["totaal"].astype(np.int64)[begin[:-1]],
        begin=begin,
        delen=found["deel"].astype(np.int64),
        sluit=np.zeros(count, dtype=np.bool_),
        geldt=np.ones((3, count), dtype=np.bool_),
    )
    everything = np.ones(len(cells), dtype=np.bool_)
    rest = cells.take(family.totaal).minus(family.sums(cells, everything))
    gaps = np.array([rest.teller, rest.noemer, rest.personen])
    closes = np.all(np.abs(gaps) < _TOLERANCE, axis=0)
    family = replace(family, sluit=closes, geldt=gaps > -_TOLERANCE)
    # Something is left, but by persons counted twice no persons: how many there are is unknown.
    uncounted = (np.max(gaps, axis=0) > _TOLERANCE) & (rest.personen < 1)
    return family, replace(rest, personen=np.where(uncounted, np.nan, rest.personen))


def _chosen(family: Family, flags: Flags) -> Family:
    """The flagged relations of a family."""
    sizes = np.diff(family.begin)[flags]
    return replace(
        family,
        totaal=family.totaal[flags],
        begin=np.concatenate([[0], np.cumsum(sizes)]),
        delen=family.delen[flags[family.nummer]],
        sluit=family.sluit[flags],
        geldt=family.geldt[:, flags],
    )


def _with_rest(family: Family, numbers: Ints, first: int) -> Family:
    """Give the numbered relations a restpost as their last part, in order from cell ``first``."""
    after = family.begin[1:][numbers]
    more = np.zeros(len(family), dtype=np.int64)
    more[numbers] = 1
    return replace(
        family,
        begin=np.concatenate([[0], np.cumsum(np.diff(family.begin) + more)]),
        delen=np.insert(family.delen, after, first + np.arange(len(numbers))),
    )


def _present(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Levels and lengths of period that occur."""
    found = con.execute(
        "select distinct niveau from cel union select distinct periode_lengte from cel_met_periode"
    ).fetchall()
    return {naam for (naam,) in found}


def _mostly_exact(family: Family, of_indicator: Ints, cells: Cells, rules: Rules) -> Ints:
    """Indicators of which most totals over the threshold are the exact sum of their parts."""
    large = np.nan_to_num(cells.personen[family.totaal]) >= rules.drempel
    tries = np.bincount(of_indicator[large], minlength=1)
    proofs = np.bincount(of_indicator[large & family.sluit], minlength=len(tries))
    return np.flatnonzero(2 * proofs > tries)


def find_relations(
    con: duckdb.DuckDBPyConnection,
    cells: Cells,
    rules: Rules,
    closing: dict[str, list[str]] | None = None,
    *,
    partition: dict[str, list[str]] | None = None,
    rest: bool = True,
) -> Structure:
    """List the relations between the cells of table ``cel``.

    Args:
        con: connection with table ``cel``.
        cells: its measures.
        rules: names the kinds of relation.
        closing: indicators by kind of relation that are known to add up exactly. When given,
            these are the relations, without restposten: figures that are hidden cannot tell.
        partition: indicators by kind of relation that are known to be partitioned; when not given
            it is found from these cells.
        rest: add the restposten.

    Returns:
        The relations and the cells they refer to.
    """
    con.execute(_PERIOD_VIEW)
    found = con.execute(
        f"select {DEFINITIE_SQL} as definitie from cel order by cel_id"
    ).fetchnumpy()
    indicator = found["definitie"].astype(str)
    known, codes = np.unique(indicator, return_inverse=True)
    families = []
    proven: dict[str, list[str]] = {}
    extended = cells
    there = _present(con)
    for kind in rules.relaties:
        if kind.soort != "uitsplitsing" and not {kind.onder, kind.boven} <= there:
            continue
        family, left = _family(con, kind, cells, rules)
        of_indicator = codes[family.totaal]
        if closing is not None:
            exact = np.flatnonzero(np.isin(known, closing.get(kind.naam, [])))
            families.append(_chosen(family, np.isin(of_indicator, exact)))
            continue
        if kind.toepassing == "sluitend":
            if partition is None:
                accepted = _mostly_exact(family, of_indicator, cells, rules)
            else:
                accepted = np.flatnonzero(np.isin(known, partition.get(kind.naam, [])))
            proven[kind.naam] = known[accepted].tolist()
            valid = np.isin(of_indicator, accepted)
            family, left = _chosen(family, valid), left.take(np.flatnonzero(valid))
        if rest:
            some = np.flatnonzero((left.personen > 0) | np.isnan(left.personen))
            family = _with_rest(family, some, len(extended))
            extended = extended.joined(left.take(some))
        families.append(family)
    return Structure(
        [family for family in families if len(family)], extended, indicator.tolist(), proven
    )

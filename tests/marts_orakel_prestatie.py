"""The state of declarations on a day, in plain Python, from the messages known then.

Nothing here looks at the SQL: there are no intervals. For every day the messages up to that day are
taken in order, as an insurer would take them in, and lines are looked up in dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marts_prestatie import Bericht, Regel

#: An invoice number is used once in five years.
VIJF_JAAR = 1826


@dataclass(frozen=True)
class Stand:
    """A line in the fact on a day."""

    declarant: str
    cent: int
    soort: str
    gecrediteerd_op: date | None


@dataclass
class _Factuur:
    eerste: Bericht
    geldend: Bericht
    laatst_gezien: date


def _rank(bericht: Bericht) -> tuple[date, int, str]:
    return bericht.dag, len(bericht.regels), bericht.sleutel


def standing(berichten: Iterable[Bericht], dag: date) -> list[Bericht]:
    """The messages that hold on a day."""
    facturen: dict[tuple[str, str | None, str], list[_Factuur]] = defaultdict(list)
    alone: list[Bericht] = []
    for bericht in sorted((b for b in berichten if b.dag <= dag), key=_rank):
        if bericht.factuur is None:
            alone.append(bericht)
            continue
        if not bericht.regels:
            continue
        reeks = facturen[(bericht.declarant, bericht.uzovi, bericht.factuur)]
        if not reeks or (bericht.dag - reeks[-1].laatst_gezien).days > VIJF_JAAR:
            reeks.append(_Factuur(bericht, bericht, bericht.dag))
            continue
        reeks[-1].laatst_gezien = bericht.dag
        first = {r.referentie for r in reeks[-1].eerste.regels}
        if first & {r.referentie for r in bericht.regels}:
            reeks[-1].geldend = bericht
    return alone + [f.geldend for reeks in facturen.values() for f in reeks]


def _usable(bericht: Bericht, regel: Regel) -> bool:
    return regel.cent is not None and [r.ident for r in bericht.regels].count(regel.ident) == 1


def state(berichten: Iterable[Bericht], dag: date) -> list[Stand]:
    """The lines of the fact on a day, by declarant and amount."""
    lines: dict[tuple[str, str], tuple[Bericht, Regel]] = {}
    ordered = sorted(
        (b.dag, b.sleutel, r.ident, b, r)
        for b in standing(berichten, dag)
        for r in b.regels
        if _usable(b, r)
    )
    for *_, bericht, regel in ordered:
        lines.setdefault((bericht.declarant, regel.referentie), (bericht, regel))
    reversing: dict[tuple[str, str], list[tuple[date, str, Regel]]] = defaultdict(list)
    for (declarant, referentie), (bericht, regel) in lines.items():
        if regel.soort == "C" and regel.voorgaande is not None:
            reversing[(declarant, regel.voorgaande)].append((bericht.dag, referentie, regel))
    found = []
    for (declarant, referentie), (_bericht, regel) in lines.items():
        if regel.soort == "D":
            reversals = sorted(reversing[(declarant, referentie)], key=lambda c: c[:2])
            since = reversals[0][0] if reversals else None
            found.append(Stand(declarant, regel.cent or 0, "D", since))
            if reversals:
                found.append(Stand(declarant, reversals[0][2].cent or 0, "C", None))
    return sorted(found, key=lambda s: (s.declarant, s.cent))

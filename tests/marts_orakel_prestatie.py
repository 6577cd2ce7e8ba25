"""The state of declarations on a day, in plain Python, from the messages known then.

Nothing here looks at the SQL: there are no intervals. For every day the messages up to that day are
taken in order, as an insurer would take them in, and lines are looked up in dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marts_prestatie import Antwoord, Bericht, Regel

#: An invoice number is used once in five years.
VIJF_JAAR = 1826


@dataclass(frozen=True)
class Stand:
    """A line in the fact on a day."""

    declarant: str
    cent: int
    soort: str
    gecrediteerd_op: date | None
    toegekend: int | None = None
    toegekend_op: date | None = None


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


def answers(
    berichten: Iterable[Bericht], antwoorden: Iterable[Antwoord], dag: date
) -> dict[str, Antwoord]:
    """The answer that holds on a day, by the key of the message it is about.

    An insurer answers the message that holds on the day of the answer, and its last word counts.
    """
    berichten, last = list(berichten), {}
    for antwoord in sorted(antwoorden, key=lambda a: (a.dag, [-ord(c) for c in a.sleutel])):
        if antwoord.dag > dag:
            break
        about = [
            b
            for b in standing(
                (b for b in berichten if b.declarant == antwoord.declarant), antwoord.dag
            )
            if b.regels
            and b.factuur == antwoord.factuur
            and (None in (b.uzovi, antwoord.uzovi) or b.uzovi == antwoord.uzovi)
        ]
        if about:
            newest = max(b.dag for b in about)
            last[min(b.sleutel for b in about if b.dag == newest)] = antwoord
    return last


def granted(antwoord: Antwoord | None, regel: Regel) -> int | None:
    """What an answer grants on a line; None without an answer."""
    if antwoord is None or regel.cent is None:
        return None
    if not antwoord.terug:
        ingediend, toegekend = antwoord.totaal
        told = antwoord.retourcode is not None or ingediend != 0
        nothing = toegekend == 0 and antwoord.retourcode != "8001" and told
        return 0 if nothing else regel.cent
    lost = sum(d - g for referentie, d, g in antwoord.terug if referentie == regel.referentie)
    return regel.cent - lost


def state(
    berichten: Iterable[Bericht], dag: date, antwoorden: Iterable[Antwoord] = ()
) -> list[Stand]:
    """The lines of the fact on a day, by declarant and amount."""
    berichten = list(berichten)
    answered = answers(berichten, antwoorden, dag)
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

    def stands(bericht: Bericht, regel: Regel, since: date | None) -> None:
        antwoord = answered.get(bericht.sleutel)
        found.append(
            Stand(
                bericht.declarant,
                regel.cent or 0,
                regel.soort,
                since,
                granted(antwoord, regel),
                antwoord.dag if antwoord else None,
            )
        )

    for (declarant, referentie), (bericht, regel) in lines.items():
        if regel.soort == "D":
            reversals = sorted(reversing[(declarant, referentie)], key=lambda c: c[:2])
            stands(bericht, regel, reversals[0][0] if reversals else None)
            if reversals:
                _, credit, line = reversals[0]
                stands(lines[declarant, credit][0], line, None)
    return sorted(found, key=lambda s: (s.declarant, s.cent))

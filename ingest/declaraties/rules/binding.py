"""Rules bound to a layout: every role is an element, every rule has its record kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from ingest.declaraties.rules.language import elements_in
from schemas.ei import Layout, layout
from schemas.ei.regels import Regel, algemene_regels, geldt, regels_van, rollen


@dataclass(frozen=True)
class Gebonden:
    """A rule of one layout, by element numbers alone.

    Attributes:
        regel: the rule.
        record: code of the record kind it belongs to.
        gebruikt: every element it asks.
    """

    regel: Regel
    record: str
    gebruikt: tuple[str, ...]

    @property
    def is_binnen(self) -> bool:
        """Whether it asks elements of its own record alone."""
        return "onder_" not in self.regel.eis + str(self.regel.als) and all(
            element[:2] == self.record for element in self.gebruikt
        )


def _met_rol(indeling: Layout, code: str, rol: str) -> list[str]:
    """The elements of a record that play a role."""
    record = indeling.records.get(code)
    if record is None:
        return []
    return [e.element for e in record.elementen if re.search(rollen()[rol], e.naam.lower())]


def _filled_in(regel: Regel, names: dict[str, str]) -> Regel:
    def change(text: str) -> str:
        return re.sub(r"\[([^\]]+)\]", lambda m: f"[{names.get(m[1], m[1])}]", text)

    return replace(
        regel,
        noemt=tuple(change(n).strip("[]") for n in regel.noemt),
        eis=change(regel.eis),
        als=None if regel.als is None else change(regel.als),
    )


def _all_named(regel: Regel) -> list[str]:
    texts = [*regel.noemt, regel.eis, regel.als or ""]
    return list(dict.fromkeys(name for text in texts for name in elements_in(text)))


def _in_record(regel: Regel, indeling: Layout, code: str) -> list[Regel]:
    """The rule by numbers in one record kind: none when a role is not there."""
    if regel.paren:
        pairs = combinations(_met_rol(indeling, code, regel.paren), 2)
        return [_filled_in(regel, {"dit": one, "dat": other}) for one, other in pairs]
    names: dict[str, str] = {}
    for name in _all_named(regel):
        if name.isdigit():
            continue
        elsewhere, _, role = name.rpartition(":")
        found = _met_rol(indeling, elsewhere or code, role)
        if not found:
            return []
        names[name] = found[0]
    return [_filled_in(regel, names)]


def _by_number(regel: Regel, indeling: Layout) -> list[Regel]:
    if regel.record is None:
        return [regel]
    codes = sorted(indeling.records) if regel.record == "*" else [regel.record]
    return [bound for code in codes for bound in _in_record(regel, indeling, code)]


def _exists(indeling: Layout, element: str) -> bool:
    record = indeling.records.get(element[:2])
    return record is not None and any(e.element == element for e in record.elementen)


def bound_rules(standaard: str, versie: str) -> tuple[Gebonden, ...]:
    """The rules of a layout that refuse, general ones first.

    Args:
        standaard: of a layout to an insurer.
        versie: of it.

    Returns:
        Each rule with the elements of this layout; a general rule about an element or a role the
        layout does not have is left out.
    """
    return _bound(standaard, versie, "weigering")


def bound_warnings(standaard: str, versie: str) -> tuple[Gebonden, ...]:
    """The rules of a layout that are told and refuse nothing.

    Args:
        standaard: of a layout to an insurer.
        versie: of it.
    """
    return _bound(standaard, versie, "waarschuwing")


@cache
def _bound(standaard: str, versie: str, ernst: str) -> tuple[Gebonden, ...]:
    indeling = layout(standaard, versie)
    found = []
    for regel in [*algemene_regels(), *regels_van(standaard, versie)]:
        if regel.ernst != ernst or not geldt(regel.voor, regel.niet_voor, standaard, versie):
            continue
        for bound in _by_number(regel, indeling):
            used = elements_in(f"{bound.eis} {bound.als or ''}")
            if all(_exists(indeling, e) for e in (*used, *bound.noemt)):
                found.append(Gebonden(bound, bound.noemt[0][:2], used))
    return tuple(found)

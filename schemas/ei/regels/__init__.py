"""What elements may hold and how they tie together, as data: one file for all, one a standard.

``algemeen.toml`` holds for every standard to an insurer; ``<STANDAARD>_<versie>.toml`` adds the
conditions of one. Code lists are in ``schemas/codes/ei_codelijst.csv``; a list that is not held is
not judged, except that only nines are no code. The language of the rules is told in the files.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_ROOM = Path(__file__).parent
_CODES = _ROOM.parent.parent / "codes" / "ei_codelijst.csv"


@dataclass(frozen=True)
class Vorm:
    """What a rule file says about one element.

    Attributes:
        waarden: the only values it may hold when filled; empty when any will do.
        formaat: regular expression over a filled value, or None.
        leeg: whether it must not be filled.
        nul_is_leeg: whether only zeros mean that a mandatory N element is not filled.
        vrij: whether it may hold anything: it repeats what was judged before.
    """

    waarden: tuple[str, ...] = ()
    formaat: str | None = None
    leeg: bool = False
    nul_is_leeg: bool = False
    vrij: bool = False


#: Of an element no file says anything about.
VRIJ_VAN_REGELS = Vorm()


@dataclass(frozen=True)
class Regel:
    """Elements that must agree: where ``als`` holds, ``eis`` must hold.

    Attributes:
        id: its name in its file.
        reden: reason code of ``schemas/redenen.csv``.
        noemt: elements a refusal names; the rule belongs to the record of the first.
        eis: what must hold.
        tekst: what is wrong when it does not, in Dutch.
        bron: element of the standard, or document, it rests on.
        als: when it is asked; always when None.
        record: for a rule by role: the record kind, ``*`` for each.
        over: for a rule by role: the record kind above it that is asked as well.
        paren: the role whose elements are taken two by two.
        voor: the only standards it is for, as ``ZH308`` or ``ZH308 9.0``; all when empty.
        niet_voor: standards whose condition says otherwise.
        ernst: ``weigering``, or ``waarschuwing`` for what is told but refuses nothing.
    """

    id: str
    reden: str
    noemt: tuple[str, ...]
    eis: str
    tekst: str
    bron: str
    als: str | None = None
    record: str | None = None
    over: str | None = None
    paren: str | None = None
    voor: tuple[str, ...] = ()
    niet_voor: tuple[str, ...] = ()
    ernst: str = "weigering"


@cache
def _read(naam: str) -> dict[str, Any]:
    path = _ROOM / f"{naam}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def codelijsten() -> dict[str, frozenset[str]]:
    """The codes of every list that is held, by its name without origin (``COD367``)."""
    lists: dict[str, set[str]] = {}
    with _CODES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["codelijst"], set()).add(row["code"])
    return {naam: frozenset(codes) for naam, codes in lists.items()}


def geldt(voor: Sequence[str], niet_voor: Sequence[str], standaard: str, versie: str) -> bool:
    """Whether something that is for some standards, or not for some, holds for a layout.

    Args:
        voor: standards, versions or names of ``[groepen]``; none for all.
        niet_voor: likewise, none for none.
        standaard: of the layout.
        versie: of the layout.
    """
    groups: dict[str, list[str]] = _read("algemeen")["groepen"]
    names = {standaard, f"{standaard} {versie}"}
    names |= {naam for naam, members in groups.items() if names & set(members)}
    return (not voor or bool(names & set(voor))) and not names & set(niet_voor)


def _by_name(standaard: str, versie: str, element: dict[str, Any]) -> dict[str, Any]:
    naam = element["naam"].lower()
    for entry in algemene_elementen(standaard, versie):
        if entry["lengte"] == element["lengte"] and re.search(entry["naam"], naam):
            return dict(entry)
    return {}


def vorm(standaard: str, versie: str, element: dict[str, Any]) -> Vorm:
    """What the rule files and code lists say about an element.

    Args:
        standaard: of the layout.
        versie: of the layout.
        element: the element as its layout file has it.

    Returns:
        The narrowing; the file of the standard comes before the general one and the code lists.
    """
    rules = _read(f"{standaard}_{versie}")
    own = rules.get("element", {}).get(element["element"])
    said = own or _by_name(standaard, versie, element)
    held = codelijsten().get(str(element.get("codelijst")).split("-")[0], frozenset())
    return Vorm(
        waarden=tuple(said.get("waarden", () if said else sorted(held))),
        formaat=said.get("formaat"),
        leeg=said.get("leeg", False),
        nul_is_leeg=rules.get("nul_is_leeg", False),
    )


def _regel(ruw: dict[str, Any]) -> Regel:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in ruw.items()}
    return Regel(**values)


def _regels(naam: str) -> list[Regel]:
    return [_regel(ruw) for ruw in _read(naam).get("regel", [])]


def rollen() -> dict[str, str]:
    """The roles: name of the role, regular expression over the lower-case name of an element."""
    return dict(_read("algemeen")["rollen"])


def herhaald() -> tuple[str, ...]:
    """What is repeated of a prestatie: expressions over the lower-case name of an element."""
    return tuple(_read("algemeen")["herhaald"]["onder"])


def prestatie_is_uniek(standaard: str, versie: str) -> bool:
    """Whether a prestatie may stand in a message once."""
    return bool(_read(f"{standaard}_{versie}").get("prestatie_uniek", False))


def nummers_sluiten_aan(standaard: str, versie: str) -> bool:
    """Whether the numbers of the detail records of a message run from 1 without gaps."""
    return bool(_read(f"{standaard}_{versie}").get("nummers_sluiten_aan", False))


def algemene_regels() -> list[Regel]:
    """The rules of every standard, by number or by role."""
    return _regels("algemeen")


def algemene_elementen(standaard: str, versie: str) -> list[dict[str, Any]]:
    """What ``algemeen.toml`` says of elements by name, as far as it is for a layout."""
    entries: list[dict[str, Any]] = _read("algemeen")["element"]
    return [e for e in entries if geldt(e.get("voor", ()), (), standaard, versie)]


def eigen_elementen(standaard: str, versie: str) -> tuple[str, ...]:
    """The elements of which the file of one standard and version says what they may hold."""
    return tuple(_read(f"{standaard}_{versie}").get("element", {}))


def regels_van(standaard: str, versie: str) -> list[Regel]:
    """The rules of one standard and version alone."""
    return _regels(f"{standaard}_{versie}")

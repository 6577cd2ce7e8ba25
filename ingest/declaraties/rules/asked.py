"""Which elements rules between records ask, and in which column of a cut record each is.

An element that is loaded as text is asked there; only others get a column of their own.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.rules.binding import bound_rules
from schemas.ei import Element
from schemas.ei.regels import herhaald, rollen


def with_role(kind: RecordSoort, rol: str) -> Element | None:
    """The first element of a record that plays a role of ``schemas/ei/regels/algemeen.toml``."""
    return _find(kind, rollen()[rol])


def _find(kind: RecordSoort, expression: str) -> Element | None:
    elements = kind.record.elementen
    return next((e for e in elements if re.search(expression, e.naam.lower())), None)


def _find_filled(kind: RecordSoort, expression: str) -> Element | None:
    """One that must be filled before one that may be left empty (ZH308 v8.0 0618)."""
    elements = kind.record.elementen
    found = [e for e in elements if re.search(expression, e.naam.lower())]
    return next((e for e in found if e.verplicht == "M"), found[0] if found else None)


def _is_loaded_as_text(element: Element) -> bool:
    kolom = element.kolom
    return kolom is not None and not kolom.endswith("_cent") and not kolom.startswith("aantal")


def is_mandatory_text(element: Element) -> bool:
    """Whether the column of an element is never null, as it is loaded as text and mandatory."""
    return _is_loaded_as_text(element) and element.verplicht == "M"


def column_of(kind: RecordSoort, nummer: str) -> str:
    """The column of a cut record that holds an element; null where it is empty."""
    element = kind.record.bij_element(nummer)
    return str(element.kolom) if _is_loaded_as_text(element) else f"e{nummer}"


def identification(kind: RecordSoort) -> str | None:
    """The number of the element that numbers a detail record; none for 01, 98 and 99."""
    return None if kind.record.code in ("01", "98", "99") else f"{kind.record.code}02"


def references(kind: RecordSoort) -> tuple[str, str] | None:
    """The elements with the reference of a record and of the one before it, if it has both."""
    return _references(kind.nr)


@cache
def _references(soort_nr: int) -> tuple[str, str] | None:
    kind = record_kinds()[soort_nr - 1]
    this, before = with_role(kind, "dit_nummer"), with_role(kind, "voorgaande")
    return (this.element, before.element) if this and before else None


@cache
def asked_columns(soort_nr: int) -> tuple[str, ...]:
    """The elements of a record kind that get a column for rules alone, by number."""
    kind = record_kinds()[soort_nr - 1]
    if kind.is_retour:
        return ()
    rules = bound_rules(kind.layout.standaard, kind.layout.versie)
    used = {e for rule in rules if not rule.is_binnen for e in rule.gebruikt}
    used = {e for e in used if e[:2] == kind.record.code}
    used |= {identification(kind) or ""} | set(references(kind) or ()) - {""}
    own = [e for e in kind.record.elementen if e.element in used]
    return tuple(e.element for e in own if not _is_loaded_as_text(e))


@cache
def repeated_elements(soort_nr: int) -> tuple[Element, ...]:
    """What a record 06, 16 or 17 repeats, or what of a record 04 is repeated; in one order.

    Only what the record 04 and all kinds under it have, so that one comparison will do.
    """
    kind = record_kinds()[soort_nr - 1]
    codes = [code for code in ("04", "06", "16", "17") if code in kind.layout.records]
    if kind.is_retour or kind.record.code not in codes or len(codes) == 1:
        return ()
    records = [kind.layout.records[code].elementen for code in codes]
    shared = [
        expression
        for expression in herhaald()
        if all(any(re.search(expression, e.naam.lower()) for e in r) for r in records)
    ]
    return tuple(found for expression in shared if (found := _find_filled(kind, expression)))

"""The shapes of view as loops over ``fhir.resources`` models, one resource at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.views.data import NATIONALITY

Rows = Iterator[tuple[Any, ...]]


def _first(concept: Any) -> Any:
    return concept.coding[0].code


def _without_decimals(o: Any) -> Rows:
    yield o.id, o.status, _first(o.code), o.subject.reference, o.effectiveDateTime.isoformat()


def _flat(o: Any) -> Rows:
    quantity = o.valueQuantity
    for row in _without_decimals(o):
        yield *row, quantity.value, quantity.unit


def _for_each(o: Any) -> Rows:
    for coding in o.code.coding:
        yield o.id, coding.system, coding.code


def _part(o: Any) -> tuple[Any, Any]:
    return _first(o.code), o.valueQuantity.value


def _two_for_each(o: Any) -> Rows:
    for coding in o.code.coding:
        for component in o.component or []:
            yield o.id, coding.code, *_part(component)


def _or_null(o: Any) -> Rows:
    for component in o.component or []:
        yield o.id, *_part(component)
    if not o.component:
        yield o.id, None, None


def _union(o: Any) -> Rows:
    for one in (o, *(o.component or [])):
        yield o.id, *_part(one)


def _where_and_extension(p: Any) -> Rows:
    if not p.active or not any(name.use == "official" for name in p.name):
        return
    codes = [
        _first(inner.valueCodeableConcept)
        for outer in p.extension
        if outer.url == NATIONALITY
        for inner in outer.extension
        if inner.url == "code"
    ]
    yield p.id, p.birthDate.isoformat(), codes[0] if codes else None


def _repeat(q: Any) -> Rows:
    def below(item: Any) -> Rows:
        yield q.id, item.linkId, item.answer[0].valueDecimal if item.answer else None
        for inner in item.item or []:
            yield from below(inner)

    for item in q.item:
        yield from below(item)


def _deep(q: Any) -> Rows:
    for outer in q.item:
        for middle in outer.item or []:
            for inner in middle.item or []:
                for answer in inner.answer or []:
                    yield q.id, outer.linkId, inner.linkId, answer.valueDecimal


FLATTEN: dict[str, Callable[[Any], Rows]] = {
    "flat": _flat,
    "flat without decimals": _without_decimals,
    "forEach": _for_each,
    "two forEach": _two_for_each,
    "forEachOrNull": _or_null,
    "unionAll": _union,
    "where and extension": _where_and_extension,
    "repeat": _repeat,
    "deep nesting": _deep,
}

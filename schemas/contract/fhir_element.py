"""FHIR elements by the column they feed, from the ViewDefinitions in ``schemas/views``.

A path is shown as the element it reads: choices by type as ``value[x]``, conditions and ``first()``
left out. What is more than a choice between elements is shown as the view has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.tables import Tabel

_VIEWS = Path(__file__).parent.parent / "views"

#: Functions that change which value is taken, not which element is read.
_CHOOSING = ("where", "first", "distinct", "trim")
_ELEMENT = re.compile(r"[A-Za-z]\w*(\[x\])?(\.[A-Za-z]\w*(\[x\])?)*")


def fhir_elementen(tabel: Tabel) -> dict[str, tuple[str, ...]]:
    """The elements of every column, by name of the column.

    Args:
        tabel: a table with a view of the same name; deletions have none.

    Returns:
        For example ``{"klasse": ("Encounter.class.code",)}``; nothing for a column that the view
        leaves empty.
    """
    file = _VIEWS / f"{tabel.naam}.json"
    if not file.is_file():
        return {}
    view = json.loads(file.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for name, context, path in _columns({"select": view["select"]}, view["resource"]):
        elements = found.setdefault(name, [])
        elements.extend(e for e in _elements(context, path) if e not in elements)
    return {name: tuple(elements) for name, elements in found.items()}


def _columns(node: dict[str, Any], context: str) -> Iterator[tuple[str, str, str]]:
    for word in ("forEach", "forEachOrNull"):
        if word in node:
            context = _within(context, node[word])
    if "repeat" in node:
        context = f"{context}.{'/'.join(node['repeat'])}*"
    for column in node.get("column", []):
        yield column["name"], context, column["path"]
    for part in (*node.get("select", []), *node.get("unionAll", [])):
        yield from _columns(part, context)


def _within(context: str, path: str) -> str:
    plain = _plain(path)
    return f"{context}.{plain if _ELEMENT.fullmatch(plain) else f'({path})'}"


def _elements(context: str, path: str) -> Iterator[str]:
    if path == "{}":
        return
    if path.startswith("'"):
        yield f"vaste waarde {path}"
        return
    if path == "%rowIndex":
        yield f"plaats in {context}"
        return
    for part in _choices(path):
        plain = _plain(part)
        yield f"{context}.{plain}" if _ELEMENT.fullmatch(plain) else f"{context}: {part.strip()}"


def _choices(path: str) -> list[str]:
    """The sides of ``(a | b).c``, as ``a.c`` and ``b.c``; else the path itself."""
    if path.startswith("("):
        end = _closing(path, 0)
        inner, rest = path[1:end], path[end + 1 :]
        if rest == "" or rest.startswith("."):
            return [side.strip() + rest for side in _sides(inner) for side in _choices(side)]
    sides = _sides(path)
    return sides if len(sides) == 1 else [part for side in sides for part in _choices(side)]


def _sides(path: str) -> list[str]:
    depth, start, sides = 0, 0, []
    for place, sign in enumerate(path):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            sides.append(path[start:place].strip())
            start = place + 1
    return [*sides, path[start:].strip()]


def _closing(path: str, start: int) -> int:
    depth = 0
    for place in range(start, len(path)):
        depth += (path[place] == "(") - (path[place] == ")")
        if depth == 0:
            return place
    return len(path) - 1


def _plain(path: str) -> str:
    """The element a path reads, without what chooses among its values."""
    found = re.search(r"\.?\b(\w+)\(", path)
    while found:
        name, end = found.group(1), _closing(path, found.end() - 1)
        if name in _CHOOSING:
            new = ""
        elif name == "ofType":
            new = "[x]"
        elif name == "getResourceKey":
            new = ".id"
        elif name == "getReferenceKey":
            new = ".reference"
        elif name == "extension":
            new = ".extension"
        else:
            return path
        path = (path[: found.start()] + new + path[end + 1 :]).removeprefix(".")
        found = re.search(r"\.?\b(\w+)\(", path)
    return path

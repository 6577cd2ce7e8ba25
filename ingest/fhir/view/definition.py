"""From the JSON of a ViewDefinition to a checked ``View``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ingest.errors import ViewError
from ingest.fhir.view.lexer import Place
from ingest.fhir.view.parser import parse
from ingest.fhir.view.tree import Column, Constant, Path, Select, View
from ingest.fhir.view.types import PRIMITIVES, is_resource

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SQL_TYPE = re.compile(r"[A-Za-z]+( [A-Za-z]+)*( ?\(\d+(, ?\d+)?\))?")
_DAY = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"\d{2}:\d{2}:\d{2}(\.\d+)?"
_ZONE = r"(Z|[+-]\d{2}:\d{2})"
#: JSON type and form of a constant, by FHIR type; others are strings of any form.
_CONSTANT_FORMS: dict[str, tuple[tuple[type, ...], str]] = {
    "boolean": ((bool,), "true|false"),
    "integer": ((int,), r"-?\d+"),
    "integer64": ((int, str), r"-?\d+"),
    "positiveInt": ((int,), r"0*[1-9]\d*"),
    "unsignedInt": ((int,), r"\d+"),
    "decimal": ((int, float), r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "date": ((str,), r"\d{4}(-\d{2}(-\d{2})?)?"),
    "dateTime": ((str,), rf"\d{{4}}(-\d{{2}})?|{_DAY}(T{_CLOCK}{_ZONE})?"),
    "instant": ((str,), f"{_DAY}T{_CLOCK}{_ZONE}"),
    "time": ((str,), _CLOCK),
}
#: Names that ``%name`` already has a meaning for.
RESERVED = frozenset({"rowIndex", "context", "resource", "rootResource"})
_LOOPS = ("forEach", "forEachOrNull", "repeat")
_OF_SELECT = (*_LOOPS, "column", "select", "unionAll")
_OF_COLUMN = ("name", "path", "type", "collection", "tag", "description")
_OF_VIEW = ("resource", "resourceType", "select", "where", "constant")


class Digits(float):
    """A number of a view with the digits it was written with."""

    text: str

    def __new__(cls, text: str) -> Digits:
        """Read the number, and keep its text."""
        number = super().__new__(cls, text)
        number.text = text
        return number


def view_from_text(text: str) -> Any:
    """The JSON of a ViewDefinition with its decimals as ``Digits``.

    Raises:
        ValueError: it is no JSON.
    """
    return json.loads(text, parse_float=Digits)


def _members(node: dict[str, Any], key: str, place: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The objects in a list-valued element, each with its path."""
    children = node.get(key) or []
    if not isinstance(children, list):
        raise ViewError(f"{place}{key}: a list expected")
    for number, child in enumerate(children):
        path = f"{place}{key}[{number}]"
        if not isinstance(child, dict):
            raise ViewError(f"{path}: an object expected")
        yield child, path


def _known(node: dict[str, Any], known: tuple[str, ...], place: str) -> None:
    """Refuse a name that is nearly one of the language: its element would be passed over."""
    for name in node.keys() - set(known):
        if close := get_close_matches(name, known, 1, 0.8):
            raise ViewError(f"{place}{name}: unknown; did you mean {close[0]}?")


def _path(node: dict[str, Any], key: str, place: str) -> Path:
    text = node.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ViewError(f"{place}.{key}: a FHIRPath expression expected, found {text!r}")
    return parse(Place(f"{place}.{key}", text))


def _declared_type(node: dict[str, Any], place: str) -> str | None:
    declared = node.get("type")
    if declared is None:
        return None
    name = re.split(r"[/.#]", str(declared))[-1]
    name = name[:1].lower() + name[1:]
    if name not in PRIMITIVES:
        raise ViewError(f"{place}.type: '{declared}' is no primitive type")
    return name


def _sql_type(node: dict[str, Any], place: str) -> str | None:
    for tag, path in _members(node, "tag", f"{place}."):
        if tag.get("name") == "ansi/type":
            value = str(tag.get("value", ""))
            if not _SQL_TYPE.fullmatch(value):
                raise ViewError(f"{path}.value: '{value}' is no SQL type")
            return value
    return None


def _column(node: dict[str, Any], place: str) -> Column:
    _known(node, _OF_COLUMN, f"{place}.")
    name = node.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ViewError(f"{place}.name: a name of letters, digits and '_' expected, found {name!r}")
    if not isinstance(node.get("collection", False), bool):
        raise ViewError(f"{place}.collection: true or false expected")
    return Column(
        name=name,
        path=_path(node, "path", place),
        type=_declared_type(node, place),
        sql_type=_sql_type(node, place),
        collection=node.get("collection") is True,
    )


def _repeat(node: dict[str, Any], place: str) -> tuple[Path, ...]:
    paths = node["repeat"]
    if not isinstance(paths, list):
        raise ViewError(f"{place}.repeat: a list of FHIRPath expressions expected")
    found = []
    for number, text in enumerate(paths):
        at = f"{place}.repeat[{number}]"
        if not isinstance(text, str) or not text.strip():
            raise ViewError(f"{at}: a FHIRPath expression expected, found {text!r}")
        found.append(parse(Place(at, text)))
    return tuple(found)


def _select(node: dict[str, Any], place: str) -> Select:
    _known(node, _OF_SELECT, f"{place}.")
    loops = [key for key in _LOOPS if node.get(key) is not None]
    if len(loops) > 1:
        raise ViewError(f"{place}: {' and '.join(loops)} exclude each other")
    loop = loops[0] if loops else None
    select = Select(
        place=place,
        for_each=_path(node, loop, place) if loop in ("forEach", "forEachOrNull") else None,
        repeat=_repeat(node, place) if loop == "repeat" else None,
        or_null=loop == "forEachOrNull",
        columns=tuple(
            _column(child, path) for child, path in _members(node, "column", place + ".")
        ),
        selects=tuple(
            _select(child, path) for child, path in _members(node, "select", place + ".")
        ),
        union=tuple(
            _select(child, path) for child, path in _members(node, "unionAll", place + ".")
        ),
    )
    if not (select.columns or select.selects or select.union):
        raise ViewError(f"{place}: one of column, select and unionAll is needed")
    return select


def _constant(node: dict[str, Any], place: str) -> tuple[str, Constant]:
    name = node.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ViewError(f"{place}.name: a name of letters, digits and '_' expected, found {name!r}")
    values = [key for key in node if key.startswith("value")]
    if len(values) != 1:
        raise ViewError(f"{place}: exactly one value[x] is needed, found {len(values)}")
    kind = values[0][5:6].lower() + values[0][6:]
    value = node[values[0]]
    if kind not in PRIMITIVES:
        raise ViewError(f"{place}.{values[0]}: a primitive value expected")
    types, form = _CONSTANT_FORMS.get(kind, ((str,), ".+"))
    text = str(value).lower() if isinstance(value, bool) else getattr(value, "text", str(value))
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    if not fits or not re.fullmatch(form, text, re.DOTALL):
        raise ViewError(f"{place}.{values[0]}: {value!r} is no {kind}")
    return name, Constant(kind, text)


def _constants(view: dict[str, Any]) -> dict[str, Constant]:
    found: dict[str, Constant] = {}
    for node, place in _members(view, "constant", ""):
        name, constant = _constant(node, place)
        if name in found:
            raise ViewError(f"{place}.name: there is another constant '{name}'")
        if name in RESERVED:
            raise ViewError(f"{place}.name: '%{name}' has a meaning of its own")
        found[name] = constant
    return found


def read_definition(view: dict[str, Any]) -> View:
    """Check a ViewDefinition and parse all its paths.

    Both headers are accepted, ``resourceType: ViewDefinition`` and the canonical URL of the
    logical model, as well as none.

    Args:
        view: the parsed JSON.

    Returns:
        The view; its paths are parsed, not yet resolved.

    Raises:
        ViewError: the view is malformed; the message names the element.
    """
    if not isinstance(view, dict):
        raise ViewError("a ViewDefinition is a JSON object")
    _known(view, _OF_VIEW, "")
    header = view.get("resourceType", "ViewDefinition")
    if str(header).rsplit("/", 1)[-1] != "ViewDefinition":
        raise ViewError(f"resourceType: a ViewDefinition expected, found {header!r}")
    resource = view.get("resource")
    if not isinstance(resource, str) or not is_resource(resource):
        raise ViewError(f"resource: a FHIR R4 resource type expected, found {resource!r}")
    selects = tuple(_select(node, place) for node, place in _members(view, "select", ""))
    if not selects:
        raise ViewError("select: at least one is needed")
    return View(
        resource=resource,
        selects=selects,
        where=tuple(_path(node, "path", place) for node, place in _members(view, "where", "")),
        constants=_constants(view),
    )

"""FHIR XML as FHIR JSON: the same resource, digit for digit, in one text.

What an element is (a list, a number, a resource of its own) the R4B models say, never the data.
What they do not know is converted all the same, so that whoever judges the resource can name it.
Comments, processing instructions and schema locations are left out; nothing else is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ingest.fhir.door.jsontext import digits, json_text
from ingest.fhir.door.texts import UnreadableError
from ingest.fhir.view.types import Choice, Element, elements

_FHIR = "{http://hl7.org/fhir}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_MAX_ELEMENTS = 4_000_000
_MAX_DEPTH = 100  # elements; in JSON lists come between them
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NUMERIC = {"decimal", "integer", "integer64", "positiveInt", "unsignedInt"}
_UTF8_BY_NOW = re.compile(rb"^<\?xml[^>]*\?>")
_RUN = re.compile(rb">[^<]*<")
_WIDE = re.compile(rb"""encoding\s*=\s*["'](utf-?(16|32)|ucs|iso-10646)""", re.IGNORECASE)


def _refused(english: str, nederlands: str) -> UnreadableError:
    return UnreadableError(f"XML: {english}", f"XML: {nederlands}")


class _Bounded(ET.TreeBuilder):
    """Builds a tree that is no deeper than what recursion can walk, and fits in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    def start(self, tag: Any, attrs: dict[Any, Any]) -> Any:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _refused("nested too deep", "te diep genest")
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            most = f"{_MAX_ELEMENTS:,}"
            raise _refused(
                f"more than {most} elements", f"meer dan {most.replace(',', '.')} elementen"
            )
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Any:
        self._depth -= 1
        return super().end(tag)


@cache
def _elements(type_name: str | None) -> dict[str, Element]:
    """Every element of a type by its key in JSON; options of a choice each under their own."""
    found: dict[str, Element] = {}
    for element in elements(type_name).values() if type_name else ():
        options = element.options if isinstance(element, Choice) else (element,)
        found |= {option.name: option for option in options}
    return found


def _local(node: ET.Element) -> str:
    if not node.tag.startswith(_FHIR):
        raise _refused(
            "an element outside the namespace of FHIR",
            "een element staat buiten de naamruimte http://hl7.org/fhir",
        )
    return node.tag.removeprefix(_FHIR)


def _no_text(node: ET.Element) -> None:
    """Refuse text between elements: in FHIR a value is an attribute, and none may get lost."""
    pieces = [node.text, *(child.tail for child in node)]
    if any(piece and piece.strip() for piece in pieces):
        raise _refused(
            "text between elements; a value is an attribute",
            "tekst tussen elementen; een waarde hoort in het attribuut value",
        )


def _value(text: str, fhir_type: str) -> Any:
    if fhir_type == "boolean" and text in ("true", "false"):
        return text == "true"
    if fhir_type in _NUMERIC and _NUMBER.fullmatch(text):
        return digits(text)
    return text


def _attributes(node: ET.Element, *but: str) -> dict[str, Any]:
    return {k: v for k, v in node.attrib.items() if not k.startswith("{") and k not in but}


def _but_indentation(text: str | None) -> str | None:
    return None if text and "\n" in text and not text.strip() else text


def _xhtml(node: ET.Element) -> str:
    """A narrative as text, in the namespace of XHTML, without comments and indentation."""
    for inside in node.iter():
        inside.tag = inside.tag.removeprefix(_XHTML)
        inside.text = _but_indentation(inside.text)
        inside.tail = _but_indentation(inside.tail)
    node.set("xmlns", _XHTML.strip("{}"))
    node.tail = None
    return ET.tostring(node, encoding="unicode").replace(" />", "/>")


def _primitives(name: str, nodes: list[ET.Element], known: Element) -> dict[str, Any]:
    """An element of a primitive type: values, and ids and extensions under ``_name``."""
    values, beside = [], []
    for node in nodes:
        more = _object(node, "Element", "value")
        value = node.get("value")
        if value is None and not more:
            value = ""  # an empty element: kept, for the judge to refuse
        values.append(None if value is None else _value(value, known.type))
        beside.append(more or None)
    many = known.many or len(nodes) > 1
    found: dict[str, Any] = {}
    if any(value is not None for value in values):
        found[name] = values if many else values[0]
    if any(beside):
        found[f"_{name}"] = beside if many else beside[0]
    return found


def _inner_resource(node: ET.Element) -> dict[str, Any]:
    _no_text(node)
    if len(node) != 1 or _attributes(node):
        raise _refused(
            "a contained resource that is not exactly one resource",
            "een ingebed element bevat niet precies één resource",
        )
    return _resource(node[0])


def _is_primitive(node: ET.Element) -> bool:
    return "value" in node.attrib


def _group(name: str, nodes: list[ET.Element], known: Element | None) -> dict[str, Any]:
    """All elements of one name, as what they are in JSON."""
    if known is None:
        primitive = any(map(_is_primitive, nodes))
        known = Element(name, "string" if primitive else "", many=len(nodes) > 1)
    many = known.many or len(nodes) > 1
    if known.type == "Resource":
        items: list[Any] = [_inner_resource(node) for node in nodes]
    elif known.type == "xhtml":
        items = [_xhtml(node) for node in nodes]
    elif not known.type or known.type[0].isupper():
        items = [_object(node, known.type) for node in nodes]
    else:
        return _primitives(name, nodes, known)
    return {name: items if many else items[0]}


def _object(node: ET.Element, type_name: str | None, *but: str) -> dict[str, Any]:
    _no_text(node)
    found = _attributes(node, *but)
    groups: dict[str, list[ET.Element]] = {}
    for child in node:
        narrative = child.tag == f"{_XHTML}div"
        groups.setdefault("div" if narrative else _local(child), []).append(child)
    known = _elements(type_name)
    for name, nodes in groups.items():
        found |= _group(name, nodes, known.get(name))
    return found


def _resource(node: ET.Element) -> dict[str, Any]:
    kind = _local(node)
    known = kind if _elements(kind) else "DomainResource"
    return {"resourceType": kind} | _object(node, known)


def _line_ends_kept(run: re.Match[bytes]) -> bytes:
    text = run.group()
    return text.replace(b"\r\n", b"&#13;\n") if text.strip(b"<> \t\r\n") else text


def _parsed(raw: bytes) -> ET.Element:
    if _WIDE.search(raw[:200]):  # what it says is no longer so: it was read as UTF-8
        raw = _UTF8_BY_NOW.sub(b"", raw)
    if b"\r\n" in raw:  # line ends within a narrative are kept as sent; a parser drops the CR
        raw = _RUN.sub(_line_ends_kept, raw)
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(raw)
        return parser.close()
    except ET.ParseError as error:
        line, column = error.position
        where = f"line {line}, column {column}", f"regel {line}, positie {column}"
        raise _refused(
            f"not well-formed ({where[0]})", f"niet welgevormd of afgebroken ({where[1]})"
        ) from error
    except DefusedXmlException as error:
        raise _refused(
            "document types and entities are not read",
            "een DOCTYPE of entiteiten worden niet gelezen",
        ) from error
    except (ValueError, LookupError) as error:
        raise _refused("an unknown encoding", "een onbekende tekencodering") from error


def json_of_xml(raw: bytes) -> str:
    """Convert one FHIR XML document.

    Args:
        raw: its bytes, in the encoding its first line names.

    Returns:
        The resource or Bundle as JSON text; a decimal keeps its digits.

    Raises:
        UnreadableError: no well-formed XML, no FHIR, or a document type or entity in it.
    """
    root = _parsed(raw)
    if not root.tag.startswith(_FHIR):
        raise _refused(
            "no FHIR: the namespace is not http://hl7.org/fhir",
            "geen FHIR: de naamruimte is niet http://hl7.org/fhir",
        )
    return json_text(_resource(root))

"""Mutated FHIR resources, by structure and by value, for the test that two judges agree.

Everything follows from the seed. About half of the mutations keep a resource valid: a judge that
is too lenient shows on the others, one that is too strict on these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from ingest.fhir.view.types import Choice, Element, elements, is_resource

_DATES = [
    "2020", "2020-02", "2020-02-28", "2020-02-29", "2021-02-29", "2020-02-30", "2020-04-31",
    "2020-13", "2020-00", "2020-1-1", "0000", "0001", "0010-01-01", "9999-12-31", "10000",
    "20200101", "2020-01-01 ", "2020-01-01\n", " 2020", "2020-01-01T00:00:00Z", "01-01-2020",
    "1000-12-31", "2020-12-31",
]  # fmt: skip
_MOMENTS = [
    "2020-01-01T10:00:00Z", "2020-01-01T10:00:00+01:00", "2020-01-01T10:00:00-14:00",
    "2020-01-01T10:00:00+14:01", "2020-01-01T10:00:00+13:59", "2020-01-01T10:00:00",
    "2020-01-01T10:00Z", "2020-01-01T24:00:00Z", "2020-01-01T23:59:60Z", "2020-06-30T12:00:61Z",
    "2020-01-01T10:00:00.1Z", "2020-01-01T10:00:00.123456Z", "2020-01-01T10:00:00.123456789Z",
    "2020-01-01T10:00:00.1234567890123Z", "2020-01-01T10:00:00.Z", "2020-01-01t10:00:00z",
    "2020-01-01T10:00:00-00:00", "2020-02-29T10:00:00Z", "2021-02-29T10:00:00Z",
    "2020-01-01T10:00:00Z\n", "2020-01-01 10:00:00Z", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "1577872800", "2020-01-01T10:00:00+0100",
]  # fmt: skip
_TEXTS = [
    "x", "", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u2003", "\u200b", "\u180e", "\x0b",
    "\x0c", "\x85", "\u1680", "\ufeff", "é", "漢字", "a b", "a  b", " a", "a ", "a\nb", "a\n",
    "\u00e9\u0301", "😀", "\x00", "\u2028", "a\u00a0b", "null", "true",
]  # fmt: skip
_NUMBERS: list[Any] = [
    0, 1, -1, 1.0, -0.0, 1.5, 1e3, 1e22, 1e-7, 5e-324, 2147483647, 2147483648, -2147483648,
    -2147483649, 2147483648.0, 10**18, 10**30, 10**400, "1", "1.5", "1.50", " 1", "+1", "01", "-1",
    "1e3", ".5", "1.", "NaN", "x", True, False,
]  # fmt: skip
EDGES: dict[str, list[Any]] = {
    "date": _DATES + _MOMENTS[:3],
    "dateTime": _DATES + _MOMENTS,
    "instant": _MOMENTS + _DATES[:4],
    "time": [
        "10:00:00", "10:00", "24:00:00", "23:59:60", "10:00:00.5", "10:00:00.123456789", "1:00:00",
        "10:00:00Z", "10:00:00.", "10:00:00\n", "00:00:00", "10:60:00", "3600",
    ],
    "boolean": [True, False, "true", "false", "yes", "on", "1", 1, 0, 1.0, 2, "waar", "True"],
    "decimal": _NUMBERS,
    "integer": _NUMBERS,
    "positiveInt": _NUMBERS,
    "unsignedInt": _NUMBERS,
    "id": ["a", "A.b-1", "a_b", "", "a b", "é", "a" * 64, "a" * 65, "a" * 255, "a" * 256, "a\n"],
    "code": _TEXTS,
    "string": _TEXTS,
    "markdown": _TEXTS,
    "xhtml": ["<div>x</div>", *_TEXTS],
    "uri": ["urn:x", "http://a b", *_TEXTS],
    "url": ["http://a.nl", "mailto:a", "http://", "http://[", "ftp://x/y", "/a/b", *_TEXTS],
    "canonical": ["http://a|1", *_TEXTS],
    "oid": ["urn:oid:1.2", "urn:oid:3.1", "urn:oid:1.02", "1.2", "urn:oid:2", "urn:oid:0.0", ""],
    "uuid": [
        "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "c757873d-ec9a-4326-a141-556f43239520",
        "urn:uuid:c757873d-ec9a-1326-a141-556f43239520", "x",
    ],
    "base64Binary": [
        "YQ==", "YQ=", "YQ", "Y", "", "YWJj", "YWJj\n", "Y W J j", "====", "YQ==YQ==", "Y*Q=",
        "YWJjZA==", "-_-_", "é", "YR==",
    ],
}  # fmt: skip
_STRANGERS: list[Any] = [
    None, True, 0, 1.5, "", "x", [], {}, [[]], [{}], [None], {"id": "a"}, {"a": 1}, ["x"], "{}",
    '{"text":"x"}', [None, None], {"resourceType": "Patient"}, {"extension": []},
    {"fhir_comments": "x"}, {"extension": [{"url": "u", "valueCode": "c"}]},
]  # fmt: skip
_EXTENSIONS: list[Any] = [
    {"extension": [{"url": "u", "valueString": "x"}]},
    {"extension": [{"url": "u", "valueString": "x", "valueCode": "y"}]},
    {"extension": [{"url": "u", "valueString": "x", "extension": [{"url": "v"}]}]},
    {"extension": [{"url": "u"}]}, {"extension": [{"valueString": "x"}]}, {"extension": []},
    {"id": "a"}, {"id": None}, {}, None, [None, {"id": "a"}], [{"id": "a"}, None], [], [{}], "x",
    {"extension": [{"url": "u", "_valueString": {"id": "a"}, "id": "b"}]},
    {"id": "a", "x": 1}, {"extension": {"url": "u"}}, {"extension": [None]},
    {"extension": [{"url": "u", "valueString": None, "valueCode": "c"}]},
    {"extension": [{"url": None}]}, {"extension": [{"_url": {"id": "x"}}]},
]  # fmt: skip
_CONTAINED: list[Any] = [
    [{"resourceType": "Patient"}], [{"resourceType": "Onzin"}], [{"resourceType": "HumanName"}],
    [{"resourceType": "Patient", "x": 1}], [{}], [None], [{"resourceType": "Resource"}],
    [{"resourceType": "DomainResource"}], [{"resourceType": "Observation"}], [{"id": "a"}],
    [{"resourceType": "Basic", "code": {}}], [{"resourceType": "Medication", "id": "m"}],
    [{"resourceType": None}], [{"resourceType": 1}], [{"resourceType": ["Patient"]}], {}, [[]],
    [{"resourceType": "Patient", "contained": [{"resourceType": "Device"}]}],
]  # fmt: skip

Node = tuple[str, dict[str, Any]]


def _elements(type_name: str) -> list[Element]:
    return [
        option
        for element in elements(type_name).values()
        for option in (element.options if isinstance(element, Choice) else (element,))
    ]


def _nodes(type_name: str, content: Any) -> Iterator[Node]:
    """Every object of a resource with its FHIR type."""
    if not isinstance(content, dict):
        return
    if is_resource(str(content.get("resourceType"))):
        type_name = content["resourceType"]
    yield type_name, content
    for element in _elements(type_name):
        value = content.get(element.name)
        for one in value if isinstance(value, list) else [value]:
            yield from _nodes(element.type, one)


def _a_value(random: Random, type_name: str, depth: int = 0) -> Any:
    """A value of a type: of a primitive an edge, of another type a few elements."""
    if type_name in EDGES:
        return deepcopy(random.choice(EDGES[type_name]))
    if type_name == "FHIRPrimitiveExtension":
        return deepcopy(random.choice(_EXTENSIONS))
    if type_name == "Resource":
        return deepcopy(random.choice(_CONTAINED[:4])[0])
    listed = _elements(type_name)
    if not listed or depth > 2:
        return {}
    some = random.sample(listed, min(len(listed), random.randint(1, 3)))
    return {e.name: _listed(random, e, _a_value(random, e.type, depth + 1)) for e in some}


def _listed(random: Random, element: Element, value: Any) -> Any:
    if random.random() < 0.05:
        return value if element.many else [value]
    if not element.many:
        return value
    return random.choice([[value], [value, deepcopy(value)], [value, None], [None, value], [value]])


def _set_known(random: Random, node: Node) -> None:
    element = random.choice(_elements(node[0]) or [Element("id", "string", False)])
    node[1][element.name] = _listed(random, element, _a_value(random, element.type))


def _set_again(random: Random, node: Node) -> None:
    known = [e for e in _elements(node[0]) if e.name in node[1]]
    if known:
        element = random.choice(known)
        node[1][element.name] = _listed(random, element, _a_value(random, element.type))


def _drop(random: Random, node: Node) -> None:
    if node[1]:
        del node[1][random.choice(sorted(node[1]))]


def _unknown(random: Random, node: Node) -> None:
    name = random.choice(["x", "valueX", "_x", "resource_type", "fhir_comments", "given__ext", ""])
    node[1][name] = deepcopy(random.choice(_STRANGERS))


def _stranger(random: Random, node: Node) -> None:
    if node[1]:
        node[1][random.choice(sorted(node[1]))] = deepcopy(random.choice(_STRANGERS))


def _second_choice(random: Random, node: Node) -> None:
    choices = [e for e in elements(node[0]).values() if isinstance(e, Choice)]
    if choices:
        choice = random.choice(choices)
        for option in random.sample(choice.options, min(2, len(choice.options))):
            node[1].setdefault(option.name, _a_value(random, option.type))


def _primitive_extension(random: Random, node: Node) -> None:
    primitive = [e.name for e in _elements(node[0]) if e.type in EDGES]
    if primitive:
        name = random.choice([n for n in primitive if n in node[1]] or primitive)
        node[1]["_" + name] = deepcopy(random.choice(_EXTENSIONS))
        if random.random() < 0.5:
            node[1].pop(name, None)


def _wrap(random: Random, node: Node) -> None:
    if node[1]:
        name = random.choice(sorted(node[1]))
        value = node[1][name]
        node[1][name] = value[0] if isinstance(value, list) and value else [value]


def _contain(random: Random, node: Node) -> None:
    node[1]["contained"] = deepcopy(random.choice(_CONTAINED))


def _resource_type(random: Random, node: Node) -> None:
    node[1]["resourceType"] = random.choice([node[0], "Patient", "x", None, 1])


_OBJECT: list[Callable[[Random, Node], None]] = [
    _set_known, _set_known, _set_known, _set_again, _set_again, _set_again, _drop, _unknown,
    _stranger, _second_choice, _primitive_extension, _wrap, _contain, _resource_type,
]  # fmt: skip


def _in_text(random: Random, tekst: str) -> str:
    """A change that JSON values cannot express."""
    at = random.randrange(len(tekst))
    return random.choice(
        [
            tekst[:at],
            tekst[:at] + random.choice('{}[]",:0\\') + tekst[at:],
            tekst[:-1] + ',"id":' + random.choice(['"a"', '"a_b"', "1", "null"]) + "}",
            '{"status":7,"active":"x","id":[],' + tekst[1:],
            tekst.replace('": "', '": NaN, "a": "', 1),
            tekst.replace(": true", ": 1e999", 1),
            tekst[:-1] + ',"extension":[{"url":"u","valueDecimal":'
            + random.choice(["NaN", "1e400", "-Infinity", "01", "1.", "1E5", "-0", "9" * 5000])
            + "}]}",
            "[" + tekst + "]",
            random.choice(["null", "1", '"x"', "[]", "{}", "", " "]),
            " " + tekst + "\n",
        ]
    )  # fmt: skip


def mutate(seed: int, naam: str, tekst: str) -> str:
    """One mutated resource.

    Args:
        seed: decides everything.
        naam: its resource type.
        tekst: a resource.

    Returns:
        A text, as a sender could send it.
    """
    random = Random(seed)  # noqa: S311
    content = json.loads(tekst)
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        nodes = list(_nodes(naam, content))
        random.choice(_OBJECT)(random, random.choice(nodes))
    mutated = json.dumps(content, ensure_ascii=random.random() < 0.5)
    return _in_text(random, mutated) if random.random() < 0.08 else mutated

"""Mutated and truncated FHIR files, each made from its number alone, and a plain count of records.

A file begins as whole resources in some form (JSON, NDJSON, Bundle, XML, a list), is damaged in
some ways, written in some encoding, packed in some way, and perhaps damaged again.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import isfinite
from random import Random
from typing import Any

import pyarrow as pa
from outside import OUTSIDE

PROFILE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
_LARGEST = 12_000


def _own() -> list[str]:
    """Small resources of our own, so that the test runs anywhere."""
    subject = {"reference": "Patient/p1"}
    code = {"coding": [{"system": "http://loinc.org", "code": "8480-6", "display": "syst\u00e9"}]}
    made: list[dict[str, Any]] = [
        {
            "resourceType": "Patient", "identifier": [
                {"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "999900006"}
            ], "name": [{"given": ["A", None], "_given": [None, {"id": "x"}]}],
            "gender": "female", "birthDate": "1950-01-02", "deceasedBoolean": False,
            "address": [{"postalCode": "1234 AB", "use": "home"}],
        },
        {
            "resourceType": "Observation", "status": "final", "code": code, "subject": subject,
            "valueQuantity": {"value": 120.5, "code": "mm[Hg]"}, "issued": "2025-01-01T10:00:00Z",
            "component": [{"code": code, "valueInteger": 3}],
        },
        {
            "resourceType": "MedicationRequest", "status": "active", "intent": "order",
            "contained": [{"resourceType": "Medication", "id": "m", "code": code}],
            "medicationReference": {"reference": "#m"}, "subject": subject,
        },
        {"resourceType": "Condition", "subject": subject, "code": code, "onsetDateTime": "2020"},
        {"resourceType": "Flag", "status": "active", "code": code, "subject": subject},
    ]  # fmt: skip
    for number, resource in enumerate(made):
        resource["id"] = f"r{number}"
        resource["meta"] = {"lastUpdated": "2025-01-01T10:00:00Z", "profile": [PROFILE + "X"]}
    return [json.dumps(resource, ensure_ascii=False) for resource in made]


_OWN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<Observation xmlns="http://hl7.org/fhir"><id value="x1"/><!-- c -->
<meta><profile value="http://nictiz.nl/fhir/StructureDefinition/nl-core-X"/></meta>
<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">a &lt; b</div></text>
<status value="final"/><code><text value="c"/></code>
<subject><reference value="Patient/p"/></subject>
<valueQuantity><value value="2.00"/></valueQuantity></Observation>
"""


@cache
def seeds() -> tuple[list[str], list[str]]:
    """Resources to begin with: as JSON and as XML; files from outside join when they are there."""
    found, xml = _own(), [_OWN_XML]
    for file in sorted((OUTSIDE / "fhir").glob("*/json/*.json")):
        if file.stat().st_size < _LARGEST:
            found.append(json.dumps(json.loads(file.read_text("utf-8")), ensure_ascii=False))
    for file in sorted((OUTSIDE / "fhir").rglob("*.xml")):
        if file.stat().st_size < _LARGEST:
            xml.append(file.read_text("utf-8"))
    return found, xml


@dataclass(frozen=True)
class Input:
    """One file.

    Attributes:
        number: what it is made from.
        name: its name, which may mislead.
        raw: its bytes.
        plain: its bytes before packing, when nothing was done to them after.
    """

    number: int
    name: str
    raw: bytes
    plain: bytes | None


def intact(records: int) -> Input:
    """A file that nothing was done to: a delivery with little else but damage is refused whole."""
    patient = json.loads(_own()[0])
    lines = [json.dumps(patient | {"id": f"heel{n}"}, ensure_ascii=False) for n in range(records)]
    raw = "".join(f"{line}\n" for line in lines).encode()
    return Input(0, "heel.ndjson", raw, raw)


def _bundle(random: Random, parts: list[str]) -> str:
    kind = random.choice(
        ["document", "collection", "searchset", "transaction", "batch", "history", "message"]
    )
    entries = [f'{{"fullUrl":"urn:uuid:{n}","resource":{text}}}' for n, text in enumerate(parts)]
    if random.random() < 0.4:
        url = random.choice(["Patient/r0", "Patient?x=1", "http://x/Flag/r4"])
        entries.append(f'{{"request":{{"method":"DELETE","url":"{url}"}}}}')
    if random.random() < 0.2:
        entries.append(random.choice(["{}", "null", "1", '{"resource":null}', '{"resource":[]}']))
    random.shuffle(entries)
    return f'{{"resourceType":"Bundle","type":"{kind}","entry":[{",".join(entries)}]}}'


def _form(random: Random) -> tuple[str, str]:
    """Whole resources in some form, and the end of a fitting name."""
    resources, xml = seeds()
    parts = random.choices(resources, k=random.randint(1, 4))
    form = random.choice(["json", "ndjson", "ndjson", "ndjson", "bundle", "xml", "list", "row"])
    if form == "xml":
        return random.choice(xml), "xml"
    if form == "ndjson":
        if random.random() < 0.3:
            parts.insert(random.randrange(len(parts)), _bundle(random, parts[:2]))
        if random.random() < 0.2:
            parts.insert(random.randrange(len(parts)), "")
        return "\n".join(parts), "ndjson"
    if form == "json":
        indent = random.choice([None, 1, 2, "\t"])
        return json.dumps(json.loads(parts[0]), indent=indent, ensure_ascii=False), "json"
    if form == "bundle":
        inner = _bundle(random, parts)
        for _ in range(random.choice([0, 0, 0, 1, 2, 12])):
            inner = _bundle(random, [inner, *parts[:1]])
        return inner, "json"
    return ("[" + ",".join(parts) + "]", "json") if form == "list" else ("".join(parts), "json")


_VALUES = [
    "null", "true", "0", "-1", "1e999", "1" * 5_000, '""', '"x"', "[]", "{}", "[null]", "[[]]",
    '{"a":' * 60 + "1" + "}" * 60, "[" * 1_500 + "]" * 1_500, "NaN", "Infinity", '"\\ud800"',
    '"\\u0000"', '{"reference":"#"}', '{"resourceType":"Bundle"}', '{"resourceType":1}', "'x'",
    "+1", ".5", "01", '{"a":1,"a":2}', '"' + "é" * 300 + '"',
]  # fmt: skip


def _at(random: Random, text: bytes) -> tuple[int, int]:
    begin = random.randrange(len(text) + 1)
    return begin, min(len(text), begin + random.choice([1, 1, 2, 5, 20, 300]))


def _flip(random: Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(random.randint(1, 6)):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _truncate(random: Random, raw: bytes) -> bytes:
    return raw[: random.randrange(len(raw) + 1)]


def _delete(random: Random, raw: bytes) -> bytes:
    begin, end = _at(random, raw)
    return raw[:begin] + raw[end:]


def _repeat(random: Random, raw: bytes) -> bytes:
    begin, end = _at(random, raw)
    return raw[:end] + raw[begin:end] * random.randint(1, 3) + raw[end:]


def _insert(random: Random, raw: bytes) -> bytes:
    begin, _ = _at(random, raw)
    pieces = [
        b"\0", b"\n", b"\r\n", b"\r", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"{", b"}", b"]", b"[",
        b",", b'"', b"\\", b"<", b"&", b"<!DOCTYPE a>", b"<!ENTITY b 'c'>", b"&b;", b"\x1f\x8b",
        random.randbytes(8), b" " * 70, b"}{", b"\xed\xa0\x80", b"\xc0\x80",
    ]  # fmt: skip
    return raw[:begin] + random.choice(pieces) + raw[begin:]


def _replace_value(random: Random, raw: bytes) -> bytes:
    """Another value where one stands, often still valid JSON."""
    colons = [i for i, byte in enumerate(raw) if byte == 58 and raw[i - 1 : i] == b'"']
    if not colons:
        return raw
    begin = random.choice(colons) + 1
    end = begin
    while end < len(raw) and raw[end] not in b",}]\n":
        end += 1
    return raw[:begin] + random.choice(_VALUES).encode() + raw[end:]


def _line_ends(random: Random, raw: bytes) -> bytes:
    if random.random() < 0.5:
        return raw.replace(b"\n", random.choice([b"\r\n", b"\r", b"\n\n", b"\n \t\n", b"\0\n"]))
    lines = raw.split(b"\n")
    return b"".join(line + random.choice([b"\n", b"\r\n"]) for line in lines)


def _encode(random: Random, raw: bytes) -> bytes:
    text = raw.decode("utf-8", errors="replace")
    encoding = random.choice(
        ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "latin-1"]
    )
    return text.encode(encoding, errors="replace")


_DAMAGES: list[Callable[[Random, bytes], bytes]] = [
    _flip, _flip, _truncate, _delete, _repeat, _insert, _insert, _replace_value, _replace_value,
    _replace_value, _line_ends,
]  # fmt: skip


def _zstd(raw: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(raw)
    return sink.getvalue().to_pybytes()


def _zip(random: Random, end: str, raw: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(
        buffer, "w", random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    ) as z:
        z.writestr(f"m\u00e9.{end}", raw)
        if random.random() < 0.3:
            z.writestr("b/leesmij.pdf", b"%PDF-1.7 x")
    return buffer.getvalue()


def _packed(random: Random, end: str, raw: bytes) -> tuple[bytes, str]:
    kind = random.choice(["gz", "zst", "zip", "gz"])
    if kind == "gz":
        return gzip.compress(raw, mtime=0), f"{end}.gz"
    return (_zstd(raw), f"{end}.zst") if kind == "zst" else (_zip(random, end, raw), "zip")


def make(number: int) -> Input:
    """The file with this number."""
    random = Random(number)  # noqa: S311
    text, end = _form(random)
    raw = text.encode()
    for _ in range(random.choice([0, 1, 1, 1, 2, 3])):
        raw = random.choice(_DAMAGES)(random, raw)
    if random.random() < 0.12:
        raw = _encode(random, raw)
    plain: bytes | None = raw
    if random.random() < 0.2:
        raw, end = _packed(random, end, raw)
        if end == "zip":
            plain = None
        if random.random() < 0.4:
            raw, plain = random.choice([_flip, _truncate, _delete])(random, raw), None
    if random.random() < 0.08:
        end = random.choice(["json", "ndjson", "xml", "txt", "gz", "zip", "csv"])
        plain = None
    return Input(number, f"f{number:06d} \u00fc'.{end}", raw, plain)


def inputs(first: int, number: int) -> Iterator[Input]:
    """The files with these numbers."""
    return map(make, range(first, first + number))


def count(file: Input) -> int | None:
    """Records in a file, counted without any code of ours; None where that is not defined.

    It is for NDJSON with a whole object on its first line, and for whole JSON documents.
    """
    if file.plain is None or not file.name.removesuffix(".gz").removesuffix(".zst").endswith(
        "json"
    ):
        return None
    try:
        text = file.plain.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\0" in text or "\ufeff" in text:
        return None
    return _lines(text) if ".ndjson" in file.name else _document(text)


def _lines(text: str) -> int | None:
    lines = [line for line in (line.strip(" \t\r") for line in text.split("\n")) if line]
    whole = lines and lines[0].startswith("{") and lines[0].endswith("}")
    if not whole or any("\r" in line or "}{" in line.replace(" ", "") for line in lines):
        return None
    counts = [_document(line) for line in lines]
    # a line that is no JSON is one record, and so is a list
    return sum(1 if n is None or line.startswith("[") else n
               for n, line in zip(counts, lines, strict=True))  # fmt: skip


def _number(digits: str) -> float:
    """A number, which must be one a double can hold."""
    if not isfinite(number := float(digits)):
        raise ValueError(digits)
    return number


def _never(word: str) -> Any:
    raise ValueError(word)


def _document(text: str) -> int | None:
    try:
        value = json.loads(text, parse_constant=_never, parse_int=_number, parse_float=_number)
        text.encode()
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return sum(map(_resources, value)) or None
    return _resources(value)


def _resources(value: Any, depth: int = 0) -> int:
    if not isinstance(value, dict) or value.get("resourceType") != "Bundle" or depth == 8:
        return 1
    listed = value.get("entry")
    return sum(_of_entry(entry, depth) for entry in (listed if isinstance(listed, list) else []))


def _of_entry(entry: Any, depth: int) -> int:
    """A resource or a deletion; nothing for another request or response; else one that is empty."""
    told = entry if isinstance(entry, dict) else {}
    if isinstance(told.get("resource"), dict) and not _is_deletion(told):
        return _resources(told["resource"], depth + 1)
    asked = [told.get(key) for key in ("request", "response")]
    return 1 if _is_deletion(told) or not any(isinstance(one, dict) for one in asked) else 0


def _is_deletion(entry: dict[str, Any]) -> bool:
    request = entry.get("request")
    return isinstance(request, dict) and request.get("method") == "DELETE"

"""Resources as nested values with columns in them, turned into parts of NDJSON lines.

A template is what one resource looks like: dicts, lists and constants as in JSON, and an array
wherever the resources differ. One template writes thousands of lines without a loop per line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_regels import Kern
from synthetic.kalender import local_text, utc_text
from synthetic.regels import Deel, lines

Sjabloon = dict[str, Any]


@dataclass(frozen=True)
class Getal:
    """A column of numbers, already written as text: ``b"7.2"``."""

    tekst: NDArray[np.bytes_]


@dataclass(frozen=True)
class Moment:
    """A column of moments, written in Dutch local time with its offset."""

    minuut: NDArray[np.int64]


@dataclass(frozen=True)
class MomentUtc:
    """A column of moments, written in UTC."""

    minuut: NDArray[np.int64]


@dataclass(frozen=True)
class Samen:
    """A text of constants and columns side by side: ``Samen(b"Patient/", ids)``."""

    delen: tuple[Deel, ...]


def joined(*delen: Deel) -> Samen:
    """A text of constants and columns side by side."""
    return Samen(delen)


def _listed(waarden: Iterator[list[Deel]], open_: bytes, close: bytes) -> Iterator[Deel]:
    yield open_
    for position, parts in enumerate(waarden):
        if position:
            yield b","
        yield from parts
    yield close


def _text(waarde: Any) -> list[Deel]:
    """The parts of a column between its quotes."""
    if isinstance(waarde, Moment):
        return local_text(waarde.minuut)
    if isinstance(waarde, MomentUtc):
        return utc_text(waarde.minuut)
    return list(waarde.delen) if isinstance(waarde, Samen) else [waarde]


def json_parts(waarde: Any) -> Iterator[Deel]:
    """Turn a template into constants and columns.

    Args:
        waarde: dicts, lists, texts, numbers and booleans as in JSON; an array of bytes is a text
            that differs per line, and so are the classes of this module. Columns are written as
            they are: they hold no quotes or control characters.

    Returns:
        Parts for ``synthetic.regels.lines``.
    """
    if isinstance(waarde, dict):
        fields = ([json.dumps(k).encode() + b":", *json_parts(v)] for k, v in waarde.items())
        yield from _listed(fields, b"{", b"}")
    elif isinstance(waarde, list):
        yield from _listed((list(json_parts(item)) for item in waarde), b"[", b"]")
    elif isinstance(waarde, Getal):
        yield waarde.tekst
    elif isinstance(waarde, np.ndarray | Moment | MomentUtc | Samen):
        yield from (b'"', *_text(waarde), b'"')
    else:
        yield json.dumps(waarde, ensure_ascii=False).encode()


def resource_lines(soort: str, kern: Kern, profiel: str, inhoud: Sjabloon) -> bytes:
    """Lines of one resource type.

    Args:
        soort: resource type.
        kern: ids, versions and the moments at which they became available.
        profiel: canonical of the profile they claim.
        inhoud: everything behind ``meta``.

    Returns:
        One line a resource.
    """
    template = {
        "resourceType": soort,
        "id": kern.id,
        "meta": {
            "versionId": np.full(len(kern), b"1"),
            "lastUpdated": MomentUtc(kern.beschikbaar),
            "profile": [profiel],
        },
        **inhoud,
    }
    return lines(list(json_parts(template)), len(kern))

"""What a delivery is read with: version and hash of the code, hash of the schemas of its family."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_SUFFIXES = frozenset({".py", ".csv", ".toml", ".json", ".yml"})

#: Parts of ``schemas/`` that decide how a family is read; the rest of the folder goes for all.
_OF_FAMILY = {
    "fhir": ("views", "fhir", "tables/fhir"),
    "declaratie": ("ei", "tables/declaratie.py"),
    "register": ("registers", "tables/register.py"),
}


@dataclass(frozen=True)
class Versions:
    """What decides what becomes of the bytes of a delivery.

    Attributes:
        code_versie: version of the package.
        code_hash: sixteen hex digits over ``ingest/``, the same on every machine.
        schema_hash: sixteen hex digits over the views, layouts, registers, tables, codes and
            reasons the family uses.
        sleutel_id: public name of the pseudonym key.
    """

    code_versie: str
    code_hash: str
    schema_hash: str
    sleutel_id: str


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(_ROOT).as_posix(), path) for path in files):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def _walk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file()]


@cache
def code_hash() -> str:
    """Hash of the code of intake; it needs no version control."""
    return _hash(_walk(_ROOT / "ingest"))


@cache
def schema_hash(soort: str) -> str:
    """Hash of the schemas one family is read with.

    Args:
        soort: fhir, declaratie or register.
    """
    schemas = _ROOT / "schemas"
    others = [
        schemas / part for name, parts in _OF_FAMILY.items() if name != soort for part in parts
    ]
    return _hash(
        path for path in _walk(schemas) if not any(path.is_relative_to(other) for other in others)
    )


@cache
def code_version() -> str:
    """Version of the package, or ``onbekend`` when it is not installed."""
    try:
        return version("iza-spiegel")
    except PackageNotFoundError:
        return "onbekend"


def versions(soort: str, sleutel_id: str) -> Versions:
    """The versions of this run, for one family."""
    return Versions(code_version(), code_hash(), schema_hash(soort), sleutel_id)

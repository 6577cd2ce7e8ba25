"""Which files a run reads: paths, folders and globs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.errors import UsageError
from ingest.fhir.door.files import PACKED_SUFFIXES, SUFFIXES

_GLOB = frozenset("*?[")


def find_inputs(inputs: Sequence[Path]) -> list[Path]:
    """The files meant by paths, folders and globs.

    Args:
        inputs: files, folders (searched through for JSON, NDJSON and XML, packed or not) or glob
            patterns.

    Returns:
        The files, each once, in the order given and by name.

    Raises:
        UsageError: a path or pattern that matches nothing.
    """
    found: dict[Path, None] = {}
    for given in inputs:
        matches = _matches(Path(given))
        if not matches:
            raise UsageError(
                f"'{given}': there is no FHIR file there. Give files, folders or patterns of "
                f"NDJSON, JSON or XML ({', '.join(SUFFIXES)}; also packed as "
                f"{', '.join(PACKED_SUFFIXES)})."
            )
        found |= dict.fromkeys(matches)
    return list(found)


def _matches(path: Path) -> list[Path]:
    if path.is_dir():
        return [f for f in sorted(path.rglob("*")) if f.is_file() and _is_fhir(f)]
    if path.is_file():
        return [path]
    if _GLOB & set(str(path)):
        root = Path(path.anchor) if path.is_absolute() else Path()
        return [f for f in sorted(root.glob(str(path.relative_to(root)))) if f.is_file()]
    return []


def _is_fhir(file: Path) -> bool:
    name = file.name.lower()
    for suffix in PACKED_SUFFIXES:
        name = name.removesuffix(suffix)
    return name.endswith(SUFFIXES) or file.suffix.lower() == ".zip"

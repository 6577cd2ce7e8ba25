"""Hash of everything that decides how marts are made: the dbt project and the contracts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

_DBT_FOLDERS = ("models", "macros", "seeds", "tests")
_DBT_SUFFIXES = frozenset({".sql", ".yml", ".csv"})
_SCHEMA_SUFFIXES = frozenset({".py", ".csv", ".toml", ".json", ".yml"})


def code_hash(project: Path) -> str:
    """Hash the files of a dbt project and of ``schemas/`` beside it.

    Args:
        project: folder with ``dbt_project.yml``.

    Returns:
        Sixteen hex digits of a SHA-256 over names and contents; line ends do not count, so the
        same commit gives the same hash on every machine.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_files(project)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def _files(project: Path) -> Iterator[tuple[str, Path]]:
    yield "dbt_project.yml", project / "dbt_project.yml"
    for folder in _DBT_FOLDERS:
        yield from _walk(project / folder, _DBT_SUFFIXES, folder)
    yield from _walk(project.parent / "schemas", _SCHEMA_SUFFIXES, "schemas")


def _walk(folder: Path, suffixes: frozenset[str], name: str) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.suffix in suffixes and path.is_file():
            yield f"{name}/{path.relative_to(folder).as_posix()}", path

"""Checks a downloaded release with nothing but its folder.

A partner runs this: no settings, no home, no marts. It takes the folder of a version, of an extract
(follows ``actueel.json`` and checks every version) or a whole publication, and tells every problem
in a sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publish.catalogue import CATALOGUE, POINTER
from publish.check_figures import figure_problems
from publish.check_files import file_problems, read_manifest
from publish.folder import MANIFEST
from publish.storage import TEMPORARY, sha256
from publish.versions import is_version


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes:
        releases: number of versions looked at.
        problems: one sentence a problem; empty when all is well.
    """

    releases: int
    problems: list[str] = field(default_factory=list)


def verify(folder: Path) -> Verification:
    """Check a version, an extract or a publication.

    Args:
        folder: the folder.

    Returns:
        What was found. Nothing is raised for a broken release: that is what is looked for.
    """
    if not folder.is_dir():
        return Verification(0, [f"{folder} is no folder."])
    if (folder / MANIFEST).is_file() or is_version(folder.resolve().name):
        return Verification(1, _version_problems(folder))
    if (folder / POINTER).is_file() or _versions_in(folder):
        return _verify_extract(folder)
    extracts = sorted(sub for sub in folder.iterdir() if sub.is_dir() and _is_extract(sub))
    if not extracts:
        return Verification(0, [f"{folder} holds no release: there is no {MANIFEST} in or below."])
    found = [_verify_extract(extract) for extract in extracts]
    problems = [problem for result in found for problem in result.problems]
    return Verification(
        sum(result.releases for result in found), problems + _catalogue_problems(folder)
    )


def _is_extract(folder: Path) -> bool:
    return not folder.name.startswith(TEMPORARY) and (
        (folder / POINTER).is_file() or bool(_versions_in(folder))
    )


def _versions_in(folder: Path) -> list[Path]:
    return sorted(sub for sub in folder.iterdir() if sub.is_dir() and is_version(sub.name))


def _verify_extract(folder: Path) -> Verification:
    found = _versions_in(folder)
    problems = _pointer_problems(folder)
    for version in found:
        problems += _version_problems(version)
    if not found:
        problems.append(f"{folder} holds no version.")
    return Verification(len(found), problems)


def _version_problems(folder: Path) -> list[str]:
    """Problems of one version: its files first, then its figures when the files are whole."""
    manifest, problems = read_manifest(folder)
    if manifest is not None:
        problems += file_problems(folder, manifest)
        if not problems:
            problems += figure_problems(folder, manifest)
    return [f"{folder}: {problem}" for problem in problems]


def _pointer_problems(folder: Path) -> list[str]:
    file = folder / POINTER
    content = _read_object(file)
    if content is None:
        return [f"{file}: is missing or is no JSON object."]
    manifest = folder / str(content.get("versie")) / MANIFEST
    if not manifest.is_file():
        return [f"{file}: names version {content.get('versie')}, which is not there."]
    if sha256(manifest) != content.get("manifest_sha256"):
        return [f"{file}: the manifest of {content['versie']} is not the one that was published."]
    return []


def _catalogue_problems(folder: Path) -> list[str]:
    """The catalogue must list the versions that are there, with their manifests."""
    file = folder / CATALOGUE
    content = _read_object(file)
    if content is None:
        return [f"{file}: is missing or is no JSON object."]
    problems = []
    for extract in content.get("extracten", []):
        for version in extract["versies"]:
            manifest = folder / extract["extract"] / version["versie"] / MANIFEST
            name = f"{extract['extract']} {version['versie']}"
            if not manifest.is_file():
                problems.append(f"{file}: lists {name}, which is not there.")
            elif sha256(manifest) != version["manifest_sha256"]:
                problems.append(f"{file}: the manifest of {name} is not the one that is listed.")
    return problems


def _read_object(file: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None

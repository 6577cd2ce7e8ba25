"""Every file that is made of the contract: made, compared and written in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.contract.dbt_yaml import sources_yaml, staging_yaml
from schemas.contract.html import dictionary_html
from schemas.contract.markdown import pages
from schemas.contract.mart import Marts
from schemas.contract.parquet import schema_json
from schemas.contract.registratielast import gebreken, lees_lasten, verplichte_velden
from schemas.contract.uitgaven import (
    FrozenReleaseError,
    Uitgave,
    als_json,
    bijgewerkt,
    lees_uitgaven,
    versies,
)
from schemas.contract.veld import alle_velden

DICTIONARY = "docs/woordenboek"
SCHEMA_FILE = f"{DICTIONARY}/velden.json"
RELEASES_FILE = f"{DICTIONARY}/registratielast.json"
_STAGING = "dbt_project/models/staging"


@dataclass(frozen=True)
class Artefact:
    """One file that is made.

    Attributes:
        path: below the root of the repository, with slashes.
        text: what it holds.
    """

    path: str
    text: str


def artefacts(root: Path, marts: Marts) -> list[Artefact]:
    """Make every file.

    Args:
        root: the repository; its change log and kept releases are read.
        marts: what the dbt contracts say of the marts.

    Returns:
        The files, by path.

    Raises:
        FrozenReleaseError: see ``uitgaven.bijgewerkt``.
        MissingWordError: a column name has a word without English.
    """
    releases = uitgaven(root)
    made = {
        f"{_STAGING}/_bronnen.yml": sources_yaml(),
        f"{_STAGING}/fhir/_contract.yml": staging_yaml("kerngegevens"),
        f"{_STAGING}/declaraties/_contract.yml": staging_yaml("declaraties"),
        f"{_STAGING}/registers/_contract.yml": staging_yaml("registers"),
        f"{_STAGING}/oordelen/_contract.yml": staging_yaml("oordelen"),
        SCHEMA_FILE: schema_json(),
        RELEASES_FILE: als_json(releases),
        f"{DICTIONARY}/woordenboek.html": dictionary_html(marts.marts),
    }
    made |= marts.bestanden
    made |= {f"{DICTIONARY}/{path}": text for path, text in pages(marts.marts, releases).items()}
    return [Artefact(path, text) for path, text in sorted(made.items())]


def uitgaven(root: Path) -> list[Uitgave]:
    """The releases with the mandatory fields of each, the newest as the models are now."""
    headings = versies((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    return bijgewerkt(lees_uitgaven(_read(root / RELEASES_FILE)), headings, verplichte_velden())


def write(root: Path, marts: Marts) -> list[str]:
    """Write the files that differ and remove pages that are made no more.

    Returns:
        The paths that changed.
    """
    made = artefacts(root, marts)
    changed = []
    for artefact in made:
        path = root / artefact.path
        if _read(path) != artefact.text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(artefact.text, encoding="utf-8")
            changed.append(artefact.path)
    for path in _left_over(root, made):
        path.unlink()
        changed.append(path.relative_to(root).as_posix())
    return changed


def differences(root: Path, marts: Marts) -> list[str]:
    """What in the repository is not as the contract says.

    Args:
        root: the repository.
        marts: what the dbt contracts say of the marts.

    Returns:
        One message a difference: first mandatory fields without a reason and fields that changed,
        by name; then files that have to be made again.
    """
    found = list(gebreken(alle_velden(), lees_lasten()))
    try:
        made = artefacts(root, marts)
    except FrozenReleaseError as error:
        return [*found, str(error)]
    for artefact in made:
        if artefact.path == SCHEMA_FILE:
            found += _changed_fields(_read(root / SCHEMA_FILE), artefact.text)
    found += [
        f"{artefact.path} is not what the contract makes"
        for artefact in made
        if _read(root / artefact.path) != artefact.text
    ]
    found += [
        f"{path.relative_to(root).as_posix()} is made no more" for path in _left_over(root, made)
    ]
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _left_over(root: Path, made: list[Artefact]) -> list[Path]:
    known = {root / artefact.path for artefact in made}
    found = sorted((root / DICTIONARY).rglob("*"))
    return [path for path in found if path.is_file() and path not in known]


def _changed_fields(kept: str, made: str) -> Iterator[str]:
    before, now = _by_name(kept), _by_name(made)
    for name in [*now, *(name for name in before if name not in now)]:
        old, new = before.get(name), now.get(name)
        if old is None:
            yield f"{name} is new"
        elif new is None:
            yield f"{name} is gone"
        else:
            for key in sorted(old.keys() | new.keys()):
                if old.get(key) != new.get(key):
                    yield f"{name}: {key} was {_show(old, key)}, is {_show(new, key)}"


def _show(field: dict[str, Any], key: str) -> str:
    return json.dumps(field.get(key), ensure_ascii=False)


def _by_name(text: str) -> dict[str, dict[str, Any]]:
    return {
        f"{tabel}.{field['naam']}": field
        for tabel, fields in (json.loads(text) if text else {}).items()
        for field in fields
    }

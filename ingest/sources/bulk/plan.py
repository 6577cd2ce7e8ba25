"""Which files an export brings, and under which names they are delivered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from typing import Literal

from ingest.sources.bulk.manifest import Manifest, ManifestFile, instant

Kind = Literal["output", "deleted", "error"]


@dataclass(frozen=True)
class PlannedFile:
    """One file of the manifest.

    Attributes:
        kind: data, deletions or messages.
        name: file name of its own.
        url: signed as a rule, so never shown.
        count: resources the server promises, if it does.
        with_token: whether the server wants our token for it.
    """

    kind: Kind
    name: str
    url: str = field(repr=False)
    count: int | None
    with_token: bool

    @property
    def promise(self) -> tuple[str, str, int | None]:
        """What stays the same when the server gives new addresses for the same files."""
        return (self.kind, self.name, self.count)


def plan(manifest: Manifest) -> list[PlannedFile]:
    """The files in the order of the manifest.

    Returns:
        Data as ``Patient-0001.ndjson``; deletions as
        ``deleted-20260210T080000456000Z-Bundle-0001.ndjson``, each line a transaction Bundle;
        messages as ``error-OperationOutcome-0001.ndjson``. The name of deletions tells the moment
        at which they were true, for a later re-creation to win from (``ingest.fhir.deletions``).
    """
    numbers: Counter[str] = Counter()
    moment = instant(manifest.transactionTime).astimezone(UTC)
    prefixes = {"deleted": f"deleted-{moment:%Y%m%dT%H%M%S%f}Z-", "error": "error-", "output": ""}

    def planned(kind: Kind, file: ManifestFile, unnamed: str) -> PlannedFile:
        stem = f"{prefixes[kind]}{file.type or unnamed}"
        numbers[stem] += 1
        name = f"{stem}-{numbers[stem]:04d}.ndjson"
        url = file.url.get_secret_value()
        return PlannedFile(kind, name, url, file.count, manifest.requiresAccessToken)

    return [
        *(planned("output", f, "Resource") for f in manifest.output),
        *(planned("deleted", f, "Bundle") for f in manifest.deleted),
        *(planned("error", f, "OperationOutcome") for f in manifest.error),
    ]

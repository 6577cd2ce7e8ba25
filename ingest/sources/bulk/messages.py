"""What the server reported on an export, counted; the texts stay in the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ingest.sources.bulk.plain import issues, severity_and_code

_SERIOUS = {"error", "fatal"}


@dataclass(frozen=True)
class Messages:
    """Issues of the error files.

    Attributes:
        counts: number of issues by severity and type, such as ``error/processing``.
        unreadable: lines that are no OperationOutcome.
    """

    counts: dict[str, int]
    unreadable: int = 0

    @property
    def total(self) -> int:
        """All issues, and lines that are none."""
        return sum(self.counts.values()) + self.unreadable

    @property
    def serious(self) -> bool:
        """Whether data may be missing: an error, or something that cannot be read."""
        severities = {name.split("/")[0] for name in self.counts}
        return bool(self.unreadable or severities & {*_SERIOUS, "unknown"})


def read_messages(folder: Path) -> Messages:
    """Count the issues in the files of a folder; none when there is no folder."""
    counts: Counter[str] = Counter()
    unreadable = 0
    for file in sorted(folder.glob("*.ndjson")):
        with file.open("rb") as stream:
            for line in stream:
                if line.isspace():
                    continue
                found = issues(line)
                unreadable += not found
                counts.update("/".join(severity_and_code(issue)) for issue in found)
    return Messages(dict(sorted(counts.items())), unreadable)
